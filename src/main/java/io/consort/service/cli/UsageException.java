package io.consort.service.cli;

/** Arguments make no sense; the message says what to write instead. Carries no stack trace. */
final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message, null, false, false);
    }
}
