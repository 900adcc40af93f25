package io.consort.service.api;

import java.util.Optional;

/** Ends a request with an error. Carries no stack trace: it describes the request, not the code. */
public final class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ApiError error;

    /** Ends the request with this error. */
    public ApiException(ApiError error) {
        super(error.message(), null, false, false);
        this.error = error;
    }

    /** The body has a field that cannot be accepted. */
    public static ApiException invalid(String param, String message) {
        return invalid(param, "invalid_value", message);
    }

    /** The body has a field that cannot be accepted, for a reason that has a code. */
    public static ApiException invalid(String param, String code, String message) {
        return new ApiException(
                new ApiError(
                        400,
                        ApiError.INVALID_REQUEST,
                        message,
                        Optional.of(param),
                        Optional.of(code),
                        Optional.empty()));
    }

    /** The body lacks a field. */
    public static ApiException missing(String param, String remedy) {
        return invalid(
                param,
                "missing_required_parameter",
                "`%s` is missing; %s.".formatted(param, remedy));
    }

    /** The body as a whole cannot be read. */
    public static ApiException malformed(String message) {
        return new ApiException(
                ApiError.of(400, ApiError.INVALID_REQUEST, "invalid_json", message));
    }

    /** What the client is told. */
    public ApiError error() {
        return error;
    }
}
