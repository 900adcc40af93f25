package io.consort.experts.remote;

import io.consort.experts.chat.ExpertException;
import io.consort.experts.chat.ExpertException.Kind;
import io.netty.handler.codec.DecoderException;
import io.vertx.core.MultiMap;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Says in the words of the contract what went wrong between us and a server. */
final class HttpFailures {

    private final String expert;
    private final InstantSource clock;
    private final Redaction redaction;

    /**
     * @param redaction of the server's words
     */
    HttpFailures(String expert, InstantSource clock, Redaction redaction) {
        this.expert = expert;
        this.clock = clock;
        this.redaction = redaction;
    }

    /** No connection, or it broke. */
    ExpertException broken(Throwable cause) {
        boolean noHttp =
                cause instanceof IllegalArgumentException
                        || (cause instanceof DecoderException
                                && !(cause.getCause() instanceof SSLException));
        if (noHttp) {
            return garbled("what is not HTTP");
        }
        return ExpertException.of(
                Kind.UNREACHABLE,
                "Expert \"%s\" cannot be reached: %s".formatted(expert, reason(cause)));
    }

    /** The server sent what is not an answer. */
    ExpertException garbled(String what) {
        return ExpertException.of(
                Kind.GARBLED, "Expert \"%s\" sent %s".formatted(expert, redaction.in(what)));
    }

    ExpertException cancelled() {
        return ExpertException.of(Kind.CANCELLED, "Nobody waits for the answer any more");
    }

    /** The server reported an error inside an answer that had begun well. */
    ExpertException reported(String words) {
        return ExpertException.of(
                Kind.UPSTREAM, "Expert \"%s\" reports: %s".formatted(expert, redaction.in(words)));
    }

    /** The server answered with a status that is not 200. */
    ExpertException answered(int status, MultiMap headers, byte[] body) {
        Optional<Duration> retryAfter = RetryAfter.of(headers, clock);
        byte[] clean = redaction.in(body);
        return ExpertException.answered(
                kind(status), message(status, clean), status, clean, retryAfter);
    }

    private static Kind kind(int status) {
        return switch (status) {
            case 401, 403 -> Kind.UPSTREAM;
            case 408 -> Kind.TIMEOUT;
            case 429, 529 -> Kind.OVERLOADED;
            default -> status >= 400 && status < 500 ? Kind.REJECTED : Kind.UPSTREAM;
        };
    }

    private String message(int status, byte[] body) {
        return switch (status) {
            case 401, 403 ->
                    "Expert \"%s\" refuses our credentials (%d); check its `api-key`"
                            .formatted(expert, status);
            case 301, 302, 303, 307, 308 ->
                    "Expert \"%s\" redirects (%d); set its `base-url` to the final address"
                            .formatted(expert, status);
            default ->
                    "Expert \"%s\" answered %d: %s"
                            .formatted(expert, status, ChunkFacts.errorText(body));
        };
    }

    private static String reason(Throwable cause) {
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}
