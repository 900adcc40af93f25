package io.consort.service.chaos.cluster;

/** The numbered pieces of a stream, as its lines come. */
final class Pieces {

    private static final String CONTENT = "\"content\":\"";

    private int next;
    private boolean inOrder = true;
    private boolean over;

    /** Takes the next line of the stream. */
    void take(String line) {
        if (line.equals("data: [DONE]")) {
            over = true;
            inOrder &= next == FakeExpert.PIECES;
            return;
        }
        int at = line.indexOf(CONTENT);
        if (at >= 0) {
            int from = at + CONTENT.length();
            inOrder &= line.startsWith(next + " ", from);
            next++;
        }
    }

    /** Whether it was ended by who began it. */
    boolean isOver() {
        return over;
    }

    /** Whether every piece came, once and in its place. */
    boolean isInOrder() {
        return inOrder;
    }
}
