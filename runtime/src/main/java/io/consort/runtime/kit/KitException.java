package io.consort.runtime.kit;

/** A kit cannot be made; the message names what is wrong and the remedy. Carries no stack trace. */
final class KitException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    KitException(String message) {
        super(message, null, false, false);
    }
}
