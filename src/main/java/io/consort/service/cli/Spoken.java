package io.consort.service.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/**
 * An answer and how it came about.
 *
 * @param expert who answered
 * @param category of the question, or {@code none}
 * @param probability of the category
 * @param routingMillis time spent deciding
 * @param reasons sentences for people
 */
record Spoken(
        String text,
        String expert,
        String category,
        double probability,
        String policy,
        double routingMillis,
        List<String> reasons) {

    Spoken {
        reasons = List.copyOf(reasons);
    }

    /** The explanation in lines. */
    String explanation() {
        StringBuilder lines =
                new StringBuilder(
                        String.format(
                                Locale.ROOT,
                                "%ncategory     %s%nexpert       %s%nprobability  %.3f%nrouting      %.2f ms%n",
                                category,
                                expert,
                                probability,
                                routingMillis));
        reasons.forEach(reason -> lines.append("- ").append(reason).append('\n'));
        return lines.toString();
    }

    /** All of it as a JSON object. */
    String json() {
        ObjectNode json = new ObjectMapper().createObjectNode();
        json.put("answer", text);
        json.put("expert", expert);
        json.put("category", category);
        json.put("probability", probability);
        json.put("policy", policy);
        json.put("routing_ms", routingMillis);
        reasons.forEach(json.putArray("reasons")::add);
        return json.toString();
    }
}
