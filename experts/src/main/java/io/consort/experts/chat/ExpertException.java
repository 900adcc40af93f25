package io.consort.experts.chat;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An expert could not answer. Carries no stack trace: it describes the expert, not the code. */
public final class ExpertException extends RuntimeException {

    /** What went wrong, seen by somebody who may ask another expert. */
    public enum Kind {
        /** No connection, or it broke before the answer began. */
        UNREACHABLE(true),
        /** Nothing came in time. */
        TIMEOUT(true),
        /** The server said that it has too much to do (429), or we hold too many calls of it. */
        OVERLOADED(true),
        /** The server failed (5xx) or refused our credentials (401, 403). */
        UPSTREAM(true),
        /** The circuit breaker is open. */
        CIRCUIT_OPEN(true),
        /** The server sent what is not an answer. */
        GARBLED(true),
        /** The server says that the request is wrong (other 4xx). */
        REJECTED(false),
        /** This expert cannot do what the request asks for; {@link #parameter()} names it. */
        UNSUPPORTED(false),
        /** Nobody waits for the answer any more. */
        CANCELLED(false);

        private final boolean fallsBack;

        Kind(boolean fallsBack) {
            this.fallsBack = fallsBack;
        }

        /** Whether the next expert should be asked. */
        public boolean fallsBack() {
            return fallsBack;
        }
    }

    private final Kind kind;
    private final @Nullable String parameter;
    private final @Nullable Integer status;
    private final byte @Nullable [] upstreamBody;
    private final @Nullable Duration retryAfter;

    private ExpertException(
            Kind kind,
            String message,
            @Nullable String parameter,
            @Nullable Integer status,
            byte @Nullable [] upstreamBody,
            @Nullable Duration retryAfter) {
        super(message, null, false, false);
        this.kind = kind;
        this.parameter = parameter;
        this.status = status;
        this.upstreamBody = upstreamBody;
        this.retryAfter = retryAfter;
    }

    /** A failure without an answer of the server. */
    public static ExpertException of(Kind kind, String message) {
        return new ExpertException(kind, message, null, null, null, null);
    }

    /** This expert cannot honour a parameter of the request. */
    public static ExpertException unsupported(String parameter, String message) {
        return new ExpertException(Kind.UNSUPPORTED, message, parameter, null, null, null);
    }

    /**
     * A server answered with an error.
     *
     * @param body the server's answer as it came
     */
    public static ExpertException answered(
            Kind kind, String message, int status, byte[] body, Optional<Duration> retryAfter) {
        return new ExpertException(kind, message, null, status, body, retryAfter.orElse(null));
    }

    /** What went wrong. */
    public Kind kind() {
        return kind;
    }

    /** The parameter that the expert cannot honour. */
    public Optional<String> parameter() {
        return Optional.ofNullable(parameter);
    }

    /** The HTTP status of the server, where it gave one. */
    public Optional<Integer> status() {
        return Optional.ofNullable(status);
    }

    /** What the server said, where it said something. */
    public Optional<byte[]> upstreamBody() {
        return Optional.ofNullable(upstreamBody);
    }

    /** How long the server asks to be left alone. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
