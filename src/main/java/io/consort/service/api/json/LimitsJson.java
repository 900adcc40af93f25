package io.consort.service.api.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.consort.experts.Limits;
import io.consort.service.api.ApiException;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Limits as a JSON object, whose fields are those of a catalog with underscores. */
public final class LimitsJson {

    private static final long MOST = 1_000_000_000_000L;
    private static final double MOST_USD = 1e9;

    private LimitsJson() {}

    /**
     * What the object says; null and what is left out is no limit.
     *
     * @throws ApiException naming the field that cannot be accepted
     */
    public static Limits parse(String json) {
        OptionalLong requests = OptionalLong.empty();
        OptionalLong tokens = OptionalLong.empty();
        OptionalLong concurrent = OptionalLong.empty();
        OptionalDouble day = OptionalDouble.empty();
        OptionalDouble month = OptionalDouble.empty();
        try (BodyReader in = BodyReader.of(json.getBytes(UTF_8))) {
            in.beginBody();
            while (in.nextField()) {
                if (in.isNull()) {
                    continue;
                }
                switch (in.name()) {
                    case "requests_per_minute" -> requests = count(in);
                    case "tokens_per_minute" -> tokens = count(in);
                    case "concurrent" -> concurrent = count(in);
                    case "usd_per_day" -> day = usd(in);
                    case "usd_per_month" -> month = usd(in);
                    default -> throw unknown(in.name());
                }
            }
            in.endBody();
        }
        return new Limits(requests, tokens, concurrent, day, month);
    }

    /**
     * The same object, which can be parsed.
     *
     * @throws ApiException naming the field that cannot be accepted
     */
    public static String checked(String json) {
        var _ = parse(json);
        return json;
    }

    private static OptionalLong count(BodyReader in) {
        return OptionalLong.of(in.integer(1, MOST));
    }

    private static OptionalDouble usd(BodyReader in) {
        return OptionalDouble.of(in.number(0, MOST_USD));
    }

    private static ApiException unknown(String field) {
        String shown = field.length() <= 100 ? field : field.substring(0, 100) + "...";
        return ApiException.invalid(
                "limits." + shown,
                "unknown_field",
                "`limits` has no `%s`; it has requests_per_minute, tokens_per_minute, concurrent, usd_per_day and usd_per_month."
                        .formatted(shown));
    }
}
