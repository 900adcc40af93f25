package io.consort.service.api.chat;

import io.consort.service.api.ApiException;
import io.consort.service.api.json.BodyReader;
import java.util.Optional;

/** Reads what OpenAI-dialect servers say about a request that they reject. */
final class UpstreamError {

    private UpstreamError() {}

    /** The field that the server blames. */
    static Optional<String> param(byte[] body) {
        return field(body, "param");
    }

    /** The server's code. */
    static Optional<String> code(byte[] body) {
        return field(body, "code");
    }

    private static Optional<String> field(byte[] body, String name) {
        Optional<String> found = Optional.empty();
        try (BodyReader in = BodyReader.of(body)) {
            in.beginBody();
            while (in.nextField()) {
                if (in.name().equals("error") && in.isObject()) {
                    while (in.nextField()) {
                        if (in.name().equals(name) && in.isString()) {
                            found = Optional.of(in.string());
                        } else {
                            in.skip();
                        }
                    }
                } else {
                    in.skip();
                }
            }
        } catch (ApiException notJson) {
            return Optional.empty();
        }
        return found;
    }
}
