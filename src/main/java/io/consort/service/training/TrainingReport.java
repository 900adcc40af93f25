package io.consort.service.training;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import io.consort.experts.Catalog;
import io.consort.router.classify.Growth;
import io.consort.router.evaluate.Rehearsal;
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
     * @param trained limits and calibration, and what prompts without labels did
     */
    public static String json(Catalog catalog, Report report, Rehearsal.Trained trained) {
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
                    if (trained.report().isPresent()) {
                        classifier(out, trained.report().get());
                    }
                    if (trained.growth().isPresent()) {
                        growth(out, trained.growth().get());
                    }
                    out.writeEndObject();
                });
        return new String(json, UTF_8);
    }

    private static void classifier(
            JsonGenerator out, io.consort.router.classify.TrainingReport report)
            throws IOException {
        out.writeObjectFieldStart("classifier");
        out.writeStringField(
                "calibration", report.calibrationByCategory() ? "by_category" : "temperature");
        share(out, "calibration_error", report.calibrationError());
        share(out, "acceptance_limit", report.threshold());
        share(out, "entropy_limit", report.entropyLimit());
        share(out, "similarity_limit", report.similarityLimit());
        share(out, "false_abstention", report.falseAbstention());
        share(out, "quick_limit", report.quickLimit());
        share(out, "quick_share", report.quickShare());
        out.writeEndObject();
    }

    private static void growth(JsonGenerator out, Growth growth) throws IOException {
        out.writeObjectFieldStart("growth");
        out.writeNumberField("sure", growth.grown().size());
        out.writeBooleanField("kept", growth.kept());
        share(out, "accuracy_before", growth.before().accuracy());
        share(out, "accuracy_after", growth.after().accuracy());
        out.writeEndObject();
    }

    private static void share(JsonGenerator out, String name, double value) throws IOException {
        out.writeFieldName(name);
        if (!Double.isFinite(value) || value == Double.MAX_VALUE) {
            out.writeNull();
        } else {
            out.writeNumber(value);
        }
    }
}
