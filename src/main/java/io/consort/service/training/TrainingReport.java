package io.consort.service.training;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import io.consort.experts.Catalog;
import io.consort.router.evaluate.Report;
import io.consort.service.api.json.Json;
import java.io.IOException;

/** What is told of a trained router. */
public final class TrainingReport {

    private TrainingReport() {}

    /**
     * A JSON object.
     *
     * @param catalog that it was trained on
     * @param report of a cross-validation
     */
    public static String json(Catalog catalog, Report report) {
        byte[] json =
                Json.write(out -> {
                    out.writeStartObject();
                    out.writeNumberField("categories", catalog.categories().size());
                    out.writeNumberField(
                            "examples",
                            catalog.categories().stream()
                                    .mapToInt(category -> category.examples().size())
                                    .sum());
                    out.writeNumberField("other_examples", catalog.otherExamples().size());
                    share(out, "accuracy", report.accuracy());
                    share(out, "first_ranked", report.firstRanked());
                    share(out, "false_abstention", report.falseAbstention());
                    share(out, "abstention_recall", report.abstentionRecall());
                    share(out, "separation", report.separation());
                    share(out, "calibration_error", report.calibrationError());
                    out.writeEndObject();
                });
        return new String(json, UTF_8);
    }

    private static void share(JsonGenerator out, String name, double value) throws IOException {
        out.writeFieldName(name);
        if (Double.isNaN(value)) {
            out.writeNull();
        } else {
            out.writeNumber(value);
        }
    }
}
