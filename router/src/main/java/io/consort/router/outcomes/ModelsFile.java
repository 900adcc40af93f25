package io.consort.router.outcomes;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads {@code models.json}: the models of a pool, in the order of all figures. */
final class ModelsFile {

    static final String NAME = "models.json";

    private ModelsFile() {}

    /**
     * At least one model, each with a name of its own.
     *
     * @throws OutcomeSetException when the file says something else
     */
    static List<ModelFacts> read(Path file) throws IOException {
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        JsonNode list = SetJson.parse(text, NAME);
        if (!list.isArray() || list.isEmpty()) {
            throw new OutcomeSetException(NAME + " must be a list of at least one model");
        }
        List<ModelFacts> models = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (JsonNode model : list) {
            String name = model.path("name").asText("");
            if (name.isEmpty() || !names.add(name)) {
                throw new OutcomeSetException(
                        "models.json: every model needs a name of its own, but one is '%s'"
                                .formatted(name));
            }
            models.add(
                    new ModelFacts(
                            name,
                            figure(model, "params_b", name),
                            figure(model, "active_params_b", name),
                            figure(model, "usd_per_mtok_out", name),
                            figure(model, "latency_ms", name),
                            figure(model, "device_bytes", name)));
        }
        return models;
    }

    private static double figure(JsonNode model, String key, String name)
            throws OutcomeSetException {
        return SetJson.figure(
                model,
                key,
                0,
                Double.POSITIVE_INFINITY,
                "models.json: '%s' of '%s'".formatted(key, name));
    }
}
