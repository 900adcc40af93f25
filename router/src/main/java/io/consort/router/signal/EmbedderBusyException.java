package io.consort.router.signal;

/** More texts wait for an embedding than the embedder holds. Carries no stack trace. */
public final class EmbedderBusyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Says how many texts were waiting.
     *
     * @param waiting the texts that the queue holds at most
     */
    public EmbedderBusyException(int waiting) {
        super(
                "%d queries already wait to be embedded; try again, or give the embedder more workers"
                        .formatted(waiting),
                null,
                false,
                false);
    }
}
