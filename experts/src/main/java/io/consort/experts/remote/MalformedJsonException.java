package io.consort.experts.remote;

/** Bytes are not the JSON that was expected. Carries no stack trace. */
public final class MalformedJsonException extends RuntimeException {

    MalformedJsonException(String what, int at) {
        super("%s at byte %d".formatted(what, at), null, false, false);
    }
}
