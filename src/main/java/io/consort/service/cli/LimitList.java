package io.consort.service.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Limits as they are written on a command line: {@code requests_per_minute=600,usd_per_day=5}. */
final class LimitList {

    /** What verbs say about their option. */
    static final String HELP =
            """
              --limits L     as in requests_per_minute=600,usd_per_day=5; also tokens_per_minute,
                             concurrent and usd_per_month; none takes all limits away
            """;

    private static final String NONE = "none";

    private LimitList() {}

    /**
     * The list as the admin API takes it. Which limits there are is left to the service.
     *
     * @throws UsageException for what is not a list of numbers with names
     */
    static ObjectNode parse(String list) {
        ObjectNode limits = JsonNodeFactory.instance.objectNode();
        if (list.equals(NONE)) {
            return limits;
        }
        for (String limit : list.split(",", -1)) {
            int equals = limit.indexOf('=');
            if (equals < 1) {
                throw malformed(limit);
            }
            limits.put(limit.substring(0, equals).strip(), number(limit, equals));
        }
        return limits;
    }

    /** What the service says of limits, in the same words. */
    static String text(JsonNode limits) {
        List<String> list = new ArrayList<>();
        limits.properties()
                .forEach(limit -> list.add(limit.getKey() + "=" + limit.getValue().asText()));
        return list.isEmpty() ? NONE : String.join(",", list);
    }

    private static BigDecimal number(String limit, int equals) {
        try {
            return new BigDecimal(limit.substring(equals + 1).strip());
        } catch (NumberFormatException malformed) {
            throw malformed(limit);
        }
    }

    private static UsageException malformed(String limit) {
        return new UsageException(
                "--limits needs names with numbers, as in requests_per_minute=600,usd_per_day=5, not `%s`"
                        .formatted(limit));
    }
}
