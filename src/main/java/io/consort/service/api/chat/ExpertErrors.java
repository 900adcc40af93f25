package io.consort.service.api.chat;

import io.consort.experts.chat.ExpertException;
import io.consort.service.api.ApiError;
import io.consort.service.store.DecisionRow.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a client is told when experts fail. */
final class ExpertErrors {

    private static final Duration SOON = Duration.ofSeconds(1);

    private ExpertErrors() {}

    /**
     * The error for the last of several failures.
     *
     * @param expert who failed last
     * @param before who failed before
     */
    static ApiError of(String expert, ExpertException failure, List<Failure> before) {
        String message = message(expert, failure, before);
        ApiError error =
                switch (failure.kind()) {
                    case UNREACHABLE -> server(502, "expert_unreachable", message);
                    case TIMEOUT -> server(504, "expert_timeout", message);
                    case OVERLOADED ->
                            ApiError.of(429, "rate_limit_error", "expert_overloaded", message)
                                    .retryAfter(failure.retryAfter().orElse(SOON));
                    case UPSTREAM -> server(502, "expert_failed", message);
                    case CIRCUIT_OPEN ->
                            server(503, "expert_unavailable", message)
                                    .retryAfter(failure.retryAfter().orElse(SOON));
                    case GARBLED -> server(502, "expert_garbled", message);
                    case REJECTED -> rejected(failure, message);
                    case UNSUPPORTED -> unsupported(failure, message);
                    case CANCELLED -> server(503, "cancelled", message);
                };
        return error;
    }

    private static String message(String expert, ExpertException failure, List<Failure> before) {
        StringBuilder message =
                new StringBuilder("The expert `%s` %s".formatted(expert, said(failure)));
        for (Failure earlier : before) {
            message.append(
                    " Before, `%s` failed: %s".formatted(earlier.expert(), earlier.message()));
        }
        return message.toString();
    }

    private static String said(ExpertException failure) {
        String verb =
                switch (failure.kind()) {
                    case REJECTED -> "rejects the request: ";
                    case UNSUPPORTED -> "cannot do this: ";
                    case UNREACHABLE,
                            TIMEOUT,
                            OVERLOADED,
                            UPSTREAM,
                            CIRCUIT_OPEN,
                            GARBLED,
                            CANCELLED ->
                            "could not answer: ";
                };
        return verb + failure.getMessage();
    }

    private static ApiError server(int status, String code, String message) {
        return ApiError.of(status, ApiError.SERVER, code, message);
    }

    private static ApiError unsupported(ExpertException failure, String message) {
        return new ApiError(
                400,
                ApiError.INVALID_REQUEST,
                message,
                failure.parameter(),
                Optional.of("unsupported_parameter"),
                Optional.empty());
    }

    /** The server's own words reach the client, with the server's status. */
    private static ApiError rejected(ExpertException failure, String message) {
        int status = failure.status().filter(code -> code >= 400 && code < 500).orElse(400);
        return new ApiError(
                status,
                ApiError.INVALID_REQUEST,
                message,
                failure.upstreamBody().flatMap(UpstreamError::param),
                Optional.of(
                        failure.upstreamBody()
                                .flatMap(UpstreamError::code)
                                .orElse("expert_rejected")),
                Optional.empty());
    }
}
