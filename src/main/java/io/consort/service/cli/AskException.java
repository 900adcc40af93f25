package io.consort.service.cli;

/** There is no answer; the message says why. */
final class AskException extends Exception {

    private static final long serialVersionUID = 1L;

    AskException(String message) {
        super(message, null, false, false);
    }
}
