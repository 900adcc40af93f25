package io.consort.experts.catalog;

import io.consort.experts.Limits;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reads the limits of one expert. */
final class LimitsReader {

    static final List<String> KEYS =
            List.of(
                    "requests-per-minute",
                    "tokens-per-minute",
                    "concurrent",
                    "usd-per-day",
                    "usd-per-month");

    private LimitsReader() {}

    static Optional<Limits> read(Fields fields) {
        var requests = fields.count("requests-per-minute");
        var tokens = fields.count("tokens-per-minute");
        var concurrent = fields.count("concurrent");
        OptionalDouble day = money(fields, "usd-per-day");
        OptionalDouble month = money(fields, "usd-per-month");
        return CatalogReader.build(
                fields, () -> new Limits(requests, tokens, concurrent, day, month));
    }

    private static OptionalDouble money(Fields fields, String key) {
        return fields.number(key).map(OptionalDouble::of).orElse(OptionalDouble.empty());
    }
}
