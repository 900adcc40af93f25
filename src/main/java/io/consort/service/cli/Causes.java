package io.consort.service.cli;

/** Finds what a user wants to know of a failure. */
final class Causes {

    private Causes() {}

    /** The message of the innermost cause. */
    static String deepest(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
