package io.consort.service.stage;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Starts the upstream and gives the service a catalog of experts that are all played by it. */
public final class Stage implements QuarkusTestResourceLifecycleManager {

    private static final List<String> ROLES =
            List.of(
                    "plain",
                    "rejects",
                    "busy",
                    "fails",
                    "garbles",
                    "waits",
                    "endless",
                    "breaks",
                    "calls",
                    "sure",
                    "hesitant",
                    "wavers",
                    "gated");

    private static final List<String> WEATHER =
            List.of(
                    "Will it rain tomorrow in Berlin?",
                    "How warm is it outside right now?",
                    "Is a storm coming this weekend?",
                    "What is the weather forecast for Monday?",
                    "Do I need an umbrella today?",
                    "How strong is the wind at the coast?");

    private static final List<String> COOKING =
            List.of(
                    "How do I bake a chocolate cake?",
                    "What can I cook with leftover rice?",
                    "How long do I boil an egg?",
                    "Give me a recipe for tomato soup.",
                    "Which spices go into a curry?",
                    "How do I knead pizza dough?");

    private static volatile @Nullable Upstream upstream;
    private static volatile @Nullable Path folder;

    /** The server that plays all experts. */
    public static Upstream upstream() {
        return Optional.ofNullable(upstream).orElseThrow();
    }

    /** The key that the service made at its start. */
    public static String key() {
        try {
            return Files.readString(Optional.ofNullable(folder).orElseThrow().resolve("first-key"))
                    .strip();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The service's data folder. */
    public static Path folder() {
        return Optional.ofNullable(folder).orElseThrow();
    }

    @Override
    public Map<String, String> start() {
        Upstream started = Upstream.start();
        upstream = started;
        try {
            Path data = Files.createTempDirectory("consort-stage");
            folder = data;
            Path catalog = data.resolve("catalog.yaml");
            Files.writeString(catalog, catalog(started.port()));
            writePool(Files.createDirectories(data.resolve("pool")));
            return Map.of("consort.data", data.toString(), "consort.catalog", catalog.toString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void stop() {
        upstream().close();
    }

    private static String catalog(int port) {
        String experts =
                ROLES.stream()
                        .map(role ->
                                """
                                  - id: %s
                                    openai: { base-url: "http://127.0.0.1:%d/v1", model: %s }
                                    price: { input: 1.0, output: 2.0 }
                                    guard: { timeout: 60s, retries: 0, first-token: 5s, breaker: { failures: 1.0, window: 10000, delay: 1s } }
                                """
                                        .formatted(role, port, role))
                        .collect(Collectors.joining());
        return """
        version: 1
        categories:
          - id: weather
            description: Rain and sunshine.
            examples: [%s]
          - id: cooking
            description: Food and drink.
            examples: [%s]
        experts:
        %s\
          - id: down
            openai: { base-url: "http://127.0.0.1:1/v1", model: down }
            guard: { retries: 0, first-token: 5s, breaker: { failures: 1.0, window: 10000, delay: 1s } }
          - id: spoiled
            local: { checkpoint: nowhere.gguf }
        map: { weather: [down, fails, plain], cooking: [breaks, plain] }
        policies:
          - id: default
            mapped: { abstain-below: 0.3 }
          - id: steady
            pinned: { expert: plain }
          - { id: confident, cascade: { experts: [sure, plain] } }
          - { id: doubtful, cascade: { experts: [hesitant, plain] } }
          - { id: stranded, cascade: { experts: [hesitant, down] } }
          - { id: silent, cascade: { experts: [rejects, plain] } }
          - { id: agreeing, cascade: { experts: [sure, plain], samples: 2 } }
          - { id: wavering, cascade: { experts: [wavers, plain], samples: 3, confident-above: 0.9 } }
          - id: learned
            neighbours: { outcomes: pool, experts: { vendor/sure: sure }, fallback: plain, explore: 0.2 }
          - id: thrifty
            cost-aware: { outcomes: pool, experts: { vendor/sure: sure }, by: neighbours, lambda: 1000 }
          - { id: described, descriptor: { writer: plain, fallback: plain } }
        """
                .formatted(quoted(WEATHER), quoted(COOKING), experts);
    }

    /** Recorded outcomes: the expert sure knows the weather, calls knows cooking and is dearer. */
    private static void writePool(Path pool) throws IOException {
        Files.writeString(
                pool.resolve("models.json"), "[{\"name\":\"vendor/sure\"},{\"name\":\"calls\"}]");
        StringBuilder lines = new StringBuilder();
        for (String split : List.of("train", "test")) {
            WEATHER.forEach(text -> lines.append(outcome(split, "weather", text, 1)));
            COOKING.forEach(text -> lines.append(outcome(split, "cooking", text, 0)));
        }
        try (GZIPOutputStream out =
                new GZIPOutputStream(Files.newOutputStream(pool.resolve("outcomes.jsonl.gz")))) {
            out.write(lines.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    private static String outcome(String split, String category, String text, int sure) {
        return "{\"id\":\"x\",\"split\":\"%s\",\"category\":\"%s\",\"prompt\":\"%s\",\"scores\":{\"vendor/sure\":%d,\"calls\":%d},\"cost_usd\":{\"vendor/sure\":0.001,\"calls\":0.002}}%n"
                .formatted(split, category, text, sure, 1 - sure);
    }

    private static String quoted(List<String> texts) {
        return texts.stream().map(text -> "\"" + text + "\"").collect(Collectors.joining(", "));
    }
}
