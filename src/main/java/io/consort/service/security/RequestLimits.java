package io.consort.service.security;

import io.consort.service.api.ApiError;
import io.consort.service.api.ApiException;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;

/**
 * What the head of a request may have. The server itself refuses heads far beyond that, before a
 * request comes of them.
 *
 * @param url characters of path and query
 * @param headers characters of all headers' names and values
 */
record RequestLimits(int url, int headers) {

    /**
     * Does nothing for a head within the limits.
     *
     * @throws ApiException 400, 414 or 431 otherwise
     */
    void check(HttpServerRequest request) {
        if (request.version() == null) {
            throw refused(
                    400,
                    "unsupported_http_version",
                    "The request's version of HTTP is not known here; use HTTP/1.1.");
        }
        if (request.uri().length() > url) {
            throw refused(
                    414,
                    "url_too_long",
                    "The URL has more than %d characters; send data in the body.".formatted(url));
        }
        int length = 0;
        for (Map.Entry<String, String> header : request.headers()) {
            length += header.getKey().length() + header.getValue().length();
        }
        if (length > headers) {
            throw refused(
                    431,
                    "headers_too_large",
                    "The headers have more than %d characters; send fewer or shorter ones."
                            .formatted(headers));
        }
    }

    private static ApiException refused(int status, String code, String message) {
        return new ApiException(ApiError.of(status, ApiError.INVALID_REQUEST, code, message));
    }
}
