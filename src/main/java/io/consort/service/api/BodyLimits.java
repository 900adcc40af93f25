package io.consort.service.api;

import java.time.Duration;

/**
 * What a request's body may take.
 *
 * @param bytes at most
 * @param time from the request's head to the last byte of its body
 */
public record BodyLimits(int bytes, Duration time) {

    ApiException tooLarge() {
        return new ApiException(
                ApiError.of(
                        413,
                        ApiError.INVALID_REQUEST,
                        "request_too_large",
                        "The body is larger than %d bytes; send less.".formatted(bytes)));
    }

    ApiException tooSlow() {
        return new ApiException(
                ApiError.of(
                        408,
                        ApiError.INVALID_REQUEST,
                        "request_too_slow",
                        "The body was not complete after %d ms; send it faster."
                                .formatted(time.toMillis())));
    }
}
