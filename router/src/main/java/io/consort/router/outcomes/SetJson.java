package io.consort.router.outcomes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Reads an outcome set's JSON; what is wrong is named with its place. */
final class SetJson {

    private static final ObjectMapper JSON =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                    .build();

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private SetJson() {}

    /** A text without the mark that some programs put before UTF-8. */
    static String unmarked(String text) {
        return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    }

    /**
     * One value.
     *
     * @throws OutcomeSetException when the text is none, or more than one
     */
    static JsonNode parse(String text, String where) throws OutcomeSetException {
        try {
            JsonNode node = JSON.readTree(unmarked(text));
            if (node == null || node.isMissingNode()) {
                throw new OutcomeSetException(where + " is empty");
            }
            return node;
        } catch (MismatchedInputException e) {
            throw new OutcomeSetException(
                    "%s is not JSON: more than one value stands there".formatted(where));
        } catch (JsonProcessingException e) {
            throw new OutcomeSetException(
                    "%s is not JSON: %s".formatted(where, e.getOriginalMessage()));
        }
    }

    /**
     * A number within bounds; NaN where the key is absent or null.
     *
     * @param what names the figure in the message
     * @throws OutcomeSetException when it is no number or lies outside
     */
    static double figure(JsonNode object, String key, double least, double most, String what)
            throws OutcomeSetException {
        JsonNode node = object.path(key);
        if (node.isMissingNode() || node.isNull()) {
            return Double.NaN;
        }
        double figure = node.isNumber() ? node.doubleValue() : Double.NaN;
        if (!(figure >= least && figure <= most) || Double.isInfinite(figure)) {
            throw new OutcomeSetException(
                    "%s is %s; it must be a number %s, or null"
                            .formatted(what, node, bounds(least, most)));
        }
        return figure;
    }

    private static String bounds(double least, double most) {
        if (Double.isInfinite(most)) {
            return "of 0 or more";
        }
        return Double.isInfinite(least) ? "of 0 or less" : "from 0 to 1";
    }
}
