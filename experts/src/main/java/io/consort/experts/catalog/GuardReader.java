package io.consort.experts.catalog;

import io.consort.experts.GuardSettings;
import java.util.List;
import java.util.Optional;

/** Reads the guard of one expert; what is left out is as in {@link GuardSettings#DEFAULT}. */
final class GuardReader {

    static final List<String> KEYS =
            List.of(
                    "timeout",
                    "first-token",
                    "between-tokens",
                    "retries",
                    "breaker",
                    "concurrency",
                    "hedge",
                    "probe");

    private GuardReader() {}

    static Optional<GuardSettings> read(Fields fields) {
        GuardSettings standard = GuardSettings.DEFAULT;
        var timeout = fields.duration("timeout").orElse(standard.timeout());
        var firstToken = fields.duration("first-token").orElse(standard.firstToken());
        var betweenTokens = fields.duration("between-tokens").orElse(standard.betweenTokens());
        int retries = fields.integer("retries").orElse(standard.retries());
        int concurrency = fields.integer("concurrency").orElse(standard.concurrency());
        boolean hedge = fields.flag("hedge").orElse(standard.hedge());
        var probe = fields.duration("probe");
        GuardSettings.Breaker breaker =
                fields.mapping("breaker", List.of("failures", "window", "delay"))
                        .flatMap(GuardReader::breaker)
                        .orElse(standard.breaker());
        return CatalogReader.build(
                fields,
                () ->
                        new GuardSettings(
                                timeout,
                                firstToken,
                                betweenTokens,
                                retries,
                                breaker,
                                concurrency,
                                hedge,
                                probe));
    }

    private static Optional<GuardSettings.Breaker> breaker(Fields fields) {
        GuardSettings.Breaker standard = GuardSettings.DEFAULT.breaker();
        double failures = fields.number("failures").orElse(standard.failures());
        int window = fields.integer("window").orElse(standard.window());
        var delay = fields.duration("delay").orElse(standard.delay());
        return CatalogReader.build(
                fields, () -> new GuardSettings.Breaker(failures, window, delay));
    }
}
