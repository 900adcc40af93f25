package io.consort.service.api;

import io.consort.service.api.json.Json;
import java.time.Duration;
import java.util.Optional;

/**
 * An error in the shape that OpenAI's clients read.
 *
 * @param status of the HTTP answer
 * @param type the family that clients branch on
 * @param message what is wrong and what to do
 * @param param the field of the request that is to blame
 * @param code the exact case, for programs
 * @param retryAfter when to try again
 */
public record ApiError(
        int status,
        String type,
        String message,
        Optional<String> param,
        Optional<String> code,
        Optional<Duration> retryAfter) {

    /** The client's mistake. */
    public static final String INVALID_REQUEST = "invalid_request_error";

    /** Not the client's mistake. */
    public static final String SERVER = "server_error";

    /** An error without a parameter. */
    public static ApiError of(int status, String type, String code, String message) {
        return new ApiError(
                status, type, message, Optional.empty(), Optional.of(code), Optional.empty());
    }

    /** The same error, to be tried again after a while. */
    public ApiError retryAfter(Duration wait) {
        return new ApiError(status, type, message, param, code, Optional.of(wait));
    }

    /** The error object around which everything is built, in UTF-8. */
    public byte[] json() {
        return Json.write(out -> {
            out.writeStartObject();
            out.writeObjectFieldStart("error");
            out.writeStringField("message", message);
            out.writeStringField("type", type);
            Json.writeOptional(out, "param", param);
            Json.writeOptional(out, "code", code);
            out.writeEndObject();
            out.writeEndObject();
        });
    }
}
