package io.consort.service.catalogs;

/** A change follows a revision that is not the live one. */
public final class MovedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final long head;

    MovedException(long head) {
        super("the live revision is " + head, null, false, false);
        this.head = head;
    }

    /** The live revision; 0 where there is none. */
    public long head() {
        return head;
    }
}
