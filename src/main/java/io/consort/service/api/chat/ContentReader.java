package io.consort.service.api.chat;

import io.consort.service.api.ApiException;
import io.consort.service.api.json.BodyReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads what a message says: a text, or parts of which some are texts. */
final class ContentReader {

    private final BodyReader in;
    private final Set<String> demands;

    /** Contents of the body that the reader is in. */
    ContentReader(BodyReader in, Set<String> demands) {
        this.in = in;
        this.demands = demands;
    }

    /** The text that the reader stands at; texts of parts are joined by line breaks. */
    String read() {
        if (in.isString()) {
            return in.string();
        }
        if (!in.isArray()) {
            throw ApiException.invalid(
                    in.path(),
                    "invalid_type",
                    "`%s` must be a string or an array of parts, not %s."
                            .formatted(in.path(), in.found()));
        }
        List<String> texts = new ArrayList<>();
        while (in.nextElement()) {
            part(texts);
        }
        return String.join("\n", texts);
    }

    private void part(List<String> texts) {
        String path = in.path();
        in.beginObject();
        String type = "";
        String text = "";
        boolean worded = false;
        while (in.nextField()) {
            switch (in.name()) {
                case "type" -> type = in.string();
                case "text", "refusal" -> {
                    text = in.string();
                    worded = true;
                }
                default -> in.skip();
            }
        }
        if (type.isEmpty()) {
            throw ApiException.missing(
                    path + ".type", "say what kind of part this is, such as `text`");
        }
        if (!type.equals("text") && !type.equals("refusal")) {
            demands.add(path);
            return;
        }
        if (!worded) {
            throw ApiException.missing(path + "." + type, "give the part its text");
        }
        texts.add(text);
    }
}
