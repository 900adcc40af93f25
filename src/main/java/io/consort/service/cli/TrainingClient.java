package io.consort.service.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.consort.service.store.Examples.Example;
import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Teaches the router of a service that runs. */
final class TrainingClient {

    private static final String ROUTER = "/admin/v1/router";
    private static final Duration PAUSE = Duration.ofMillis(300);
    private static final int BATCH = 1_000;

    private final ObjectMapper mapper = new ObjectMapper();
    private final ServiceClient service;

    TrainingClient(ServiceClient service) {
        this.service = service;
    }

    /** Whether a service is there that lets the key teach its router. */
    boolean answers() {
        return service.answers(ROUTER);
    }

    /**
     * Adds examples and trains; blocks until the new version is live.
     *
     * @param unlabelled prompts without labels that may teach as well
     * @return JSON with the new {@code version} and its {@code report}
     */
    String train(List<Example> examples, List<String> unlabelled, PrintStream progress)
            throws AskException {
        Map<String, ArrayNode> byCategory = new LinkedHashMap<>();
        for (Example example : examples) {
            ArrayNode batch =
                    byCategory.computeIfAbsent(example.category(), _ -> mapper.createArrayNode());
            batch.add(example.query());
            if (batch.size() == BATCH) {
                add(example.category(), batch);
                batch.removeAll();
            }
        }
        for (Map.Entry<String, ArrayNode> entry : byCategory.entrySet()) {
            if (!entry.getValue().isEmpty()) {
                add(entry.getKey(), entry.getValue());
            }
        }
        ObjectNode training = mapper.createObjectNode();
        unlabelled.forEach(training.putArray("unlabelled")::add);
        post(ROUTER + "/train", training);
        return awaitVersion(progress);
    }

    private void add(String category, ArrayNode queries) throws AskException {
        ObjectNode body = mapper.createObjectNode();
        body.set("examples", queries);
        post("/admin/v1/categories/%s/examples".formatted(category), body);
    }

    private String awaitVersion(PrintStream progress) throws AskException {
        String told = "";
        while (true) {
            JsonNode router = service.send("GET", ROUTER, Optional.empty());
            JsonNode training = router.path("training");
            String step = training.path("step").asText();
            switch (training.path("state").asText()) {
                case "idle" -> {
                    JsonNode newest = router.path("versions").path(0);
                    ObjectNode result = mapper.createObjectNode();
                    result.set("version", newest.path("version"));
                    result.set("report", newest.path("report"));
                    return result.toString();
                }
                case "failed" -> throw new AskException("The training failed: " + step);
                default -> {
                    if (!step.equals(told)) {
                        progress.println(step);
                        told = step;
                    }
                }
            }
            pause();
        }
    }

    private static void pause() throws AskException {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new AskException("Interrupted");
        }
    }

    private void post(String path, ObjectNode body) throws AskException {
        service.send("POST", path, Optional.of(body.toString()));
    }
}
