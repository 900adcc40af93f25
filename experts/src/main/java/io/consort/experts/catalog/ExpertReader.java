package io.consort.experts.catalog;

import io.consort.experts.Expert;
import io.consort.experts.ExpertSource;
import io.consort.experts.Footprint;
import io.consort.experts.GuardSettings;
import io.consort.experts.Limits;
import io.consort.experts.LocalBackend;
import io.consort.experts.Price;
import io.consort.experts.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads one expert of a catalog file. */
final class ExpertReader {

    private static final List<String> SOURCES = List.of("local", "openai", "anthropic", "gemini");
    static final List<String> KEYS =
            List.of(
                    "id",
                    "local",
                    "openai",
                    "anthropic",
                    "gemini",
                    "parameters",
                    "active-parameters",
                    "latency",
                    "device-bytes",
                    "price",
                    "guard",
                    "limits");

    private static final int DEFAULT_MAX_TOKENS = 4096;
    private static final String KEY_REMEDY = "give it, best as a variable: \"${NAME}\"";
    private static final String MODEL_REMEDY = "name the model as the provider does";

    private final Path folder;
    private final Variables variables;

    /**
     * @param folder from which relative paths are taken
     */
    ExpertReader(Path folder, Variables variables) {
        this.folder = folder;
        this.variables = variables;
    }

    Optional<Expert> read(Fields fields, String id) {
        Optional<ExpertSource> source = source(fields);
        var parameters = fields.count("parameters");
        Footprint footprint =
                new Footprint(
                        fields.count("active-parameters"),
                        fields.duration("latency"),
                        fields.bytes("device-bytes"));
        Price price =
                fields.mapping("price", List.of("input", "output"))
                        .flatMap(ExpertReader::price)
                        .orElse(Price.FREE);
        GuardSettings guard =
                fields.mapping("guard", GuardReader.KEYS)
                        .flatMap(GuardReader::read)
                        .orElse(GuardSettings.DEFAULT);
        Limits limits =
                fields.mapping("limits", LimitsReader.KEYS)
                        .flatMap(LimitsReader::read)
                        .orElse(Limits.NONE);
        String named = CatalogReader.idOrAny(id);
        ExpertSource any = source.orElse(new ExpertSource.Local(folder));
        return CatalogReader.build(
                fields, () -> new Expert(named, any, parameters, price, guard, footprint, limits));
    }

    private static Optional<Price> price(Fields fields) {
        double input = fields.number("input").orElse(0.0);
        double output = fields.number("output").orElse(0.0);
        return CatalogReader.build(fields, () -> new Price(input, output));
    }

    private Optional<ExpertSource> source(Fields fields) {
        List<String> given = SOURCES.stream().filter(fields.values()::containsKey).toList();
        if (given.size() != 1) {
            fields.problems()
                    .add(
                            fields.node(),
                            "`%s` must come from exactly one source, not %d"
                                    .formatted(fields.path(), given.size()),
                            "give one of " + String.join(", ", SOURCES));
            return Optional.empty();
        }
        return Optional.of(
                switch (given.getFirst()) {
                    case "local" -> local(nested(fields, "local", "checkpoint", "backend"));
                    case "openai" ->
                            openAi(
                                    nested(
                                            fields,
                                            "openai",
                                            "base-url",
                                            "api-key",
                                            "model",
                                            "include-usage",
                                            "headers"));
                    case "anthropic" ->
                            anthropic(
                                    nested(
                                            fields,
                                            "anthropic",
                                            "api-key",
                                            "model",
                                            "max-tokens",
                                            "base-url"));
                    default -> gemini(nested(fields, "gemini", "api-key", "model", "base-url"));
                });
    }

    private static Fields nested(Fields fields, String key, String... known) {
        return fields.mapping(key, List.of(known)).orElseThrow();
    }

    private ExpertSource local(Fields fields) {
        String checkpoint =
                variables.requiredText(
                        fields, "checkpoint", "name the model's folder or GGUF file");
        LocalBackend backend = backend(fields);
        try {
            return new ExpertSource.Local(folder.resolve(checkpoint).normalize(), backend);
        } catch (InvalidPathException malformed) {
            fields.wrong("checkpoint", checkpoint, "write the path of a folder or a GGUF file");
            return new ExpertSource.Local(folder);
        }
    }

    private static LocalBackend backend(Fields fields) {
        return fields.text("backend")
                .flatMap(word ->
                        LocalBackend.named(word)
                                .or(() -> fields.wrong("backend", word, "write auto, cpu or cuda")))
                .orElse(LocalBackend.AUTO);
    }

    private ExpertSource openAi(Fields fields) {
        String address = variables.requiredText(fields, "base-url", "such as \"https://host/v1\"");
        Optional<String> apiKey = variables.text(fields, "api-key");
        String model = variables.requiredText(fields, "model", MODEL_REMEDY);
        return new ExpertSource.OpenAi(
                uri(fields, address).orElse(URI.create("http://localhost")),
                apiKey.map(Secret::new),
                model,
                fields.flag("include-usage").orElse(true),
                headers(fields));
    }

    private Map<String, Secret> headers(Fields fields) {
        Map<String, Secret> headers = new LinkedHashMap<>();
        fields.mapping("headers", List.of())
                .ifPresent(given ->
                        given.values().keySet().forEach(name -> header(given, name, headers)));
        return headers;
    }

    private void header(Fields given, String name, Map<String, Secret> headers) {
        String value = variables.text(given, name).orElse("");
        if (!name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+")) {
            given.wrong(name, "...", "use letters, digits and - in a header's name");
        } else if (!value.matches("[\\x20-\\x7e\\t]*")) {
            given.wrong(name, "...", "use one line of ASCII in a header's value");
        } else {
            headers.put(name, new Secret(value));
        }
    }

    private ExpertSource anthropic(Fields fields) {
        int maxTokens = fields.integer("max-tokens").orElse(DEFAULT_MAX_TOKENS);
        if (maxTokens < 1) {
            fields.wrong("max-tokens", String.valueOf(maxTokens), "write 1 or more");
        }
        return new ExpertSource.Anthropic(
                variables.text(fields, "base-url").flatMap(address -> uri(fields, address)),
                new Secret(variables.requiredText(fields, "api-key", KEY_REMEDY)),
                variables.requiredText(fields, "model", MODEL_REMEDY),
                maxTokens);
    }

    private ExpertSource gemini(Fields fields) {
        return new ExpertSource.Gemini(
                variables.text(fields, "base-url").flatMap(address -> uri(fields, address)),
                new Secret(variables.requiredText(fields, "api-key", KEY_REMEDY)),
                variables.requiredText(fields, "model", MODEL_REMEDY));
    }

    private static Optional<URI> uri(Fields fields, String address) {
        if (address.isEmpty()) {
            return Optional.empty();
        }
        try {
            URI uri = new URI(address.replaceAll("/+$", ""));
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (http
                    && uri.getHost() != null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && uri.getRawUserInfo() == null
                    && uri.getPort() <= 65_535) {
                return Optional.of(uri);
            }
        } catch (URISyntaxException malformed) {
            // Told below.
        }
        // What stands before an @ is a secret.
        String shown = address.contains("@") ? "...@..." : address;
        return fields.wrong("base-url", shown, "write an address such as \"https://host/v1\"");
    }
}
