package io.consort.experts.catalog;

import java.util.Map;
import java.util.Optional;

/** Puts environment variables in the place of <code>${NAME}</code>. */
final class Variables {

    private final Map<String, String> environment;

    Variables(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** A text field with its variables resolved. */
    Optional<String> text(Fields fields, String key) {
        return fields.text(key).flatMap(text -> resolve(fields, key, text));
    }

    /** A text field that must be there; empty where it is not. */
    String requiredText(Fields fields, String key, String remedy) {
        if (fields.value(key).isEmpty()) {
            fields.missing(key, remedy);
        }
        return text(fields, key).orElse("");
    }

    private Optional<String> resolve(Fields fields, String key, String text) {
        StringBuilder resolved = new StringBuilder();
        int from = 0;
        for (int open = text.indexOf("${"); open >= 0; open = text.indexOf("${", from)) {
            int close = text.indexOf('}', open);
            if (close < 0) {
                // What stands around it may be a secret.
                return fields.wrong(key, "...${...", "close the variable: ${NAME}");
            }
            String name = text.substring(open + 2, close);
            String value = environment.get(name);
            if (value == null || value.isEmpty()) {
                fields.problems()
                        .add(
                                fields.value(key).orElse(fields.node()),
                                "`%s` uses the environment variable %s, which is not set"
                                        .formatted(fields.path(key), name),
                                "set %s, or remove what needs it".formatted(name));
                return Optional.empty();
            }
            resolved.append(text, from, open).append(value);
            from = close + 1;
        }
        return Optional.of(resolved.append(text, from, text.length()).toString());
    }
}
