package io.consort.experts.remote;

/** Bytes are not the event stream that was expected. Carries no stack trace. */
final class MalformedStreamException extends RuntimeException {

    MalformedStreamException(String what) {
        super(what, null, false, false);
    }
}
