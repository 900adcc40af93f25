package io.consort.router.evaluate;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.consort.experts.Category;
import io.consort.router.classify.Classification;
import io.consort.router.classify.Classifier;
import io.consort.router.classify.ClassifierStore;
import io.consort.router.signal.Embedder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How good a classifier is on a labelled set, by the network alone and by both steps.
 *
 * @param quickShare share of the test questions that the quick judge decides
 * @param network by the network alone
 * @param pair by both steps
 */
record SetQuality(
        String set,
        String label,
        @JsonProperty("quick_share") double quickShare,
        Figures network,
        Figures pair) {

    /**
     * Figures of one way, see {@link Report}.
     *
     * @param kept share of questions of a category that are kept where 85 % of those of none are
     *     caught; NaN without such questions
     */
    record Figures(
            double accuracy,
            @JsonProperty("standard_error") double standardError,
            @JsonProperty("right_or_refused") double rightOrRefused,
            @JsonProperty("false_abstention") double falseAbstention,
            @JsonProperty("abstention_recall") double abstentionRecall,
            double separation,
            @JsonProperty("kept_at_85") double kept,
            @JsonProperty("calibration_error") double calibrationError) {}

    private static final double CAUGHT = 0.85;

    /** Trains on the folder's train part and asks its test part. Blocks for a while. */
    static SetQuality of(Path folder, String label, Embedder embedder, Path artefacts)
            throws IOException {
        List<LabelledQuestion> train = LabelledFolder.read(folder, "train", label);
        List<LabelledQuestion> test = LabelledFolder.read(folder, "test", label);
        Classifier classifier =
                new ClassifierStore(artefacts, embedder)
                        .classifier(LabelledFolder.catalog(train))
                        .orElseThrow(
                                () -> new IOException(folder + " has no examples of a category"));
        List<Outcome> alone = new ArrayList<>();
        List<Outcome> pair = new ArrayList<>();
        int quick = 0;
        for (LabelledQuestion question : test) {
            Classification network =
                    classifier.classify(
                            question.text(),
                            embedder.brief().embed(question.text()).toCompletableFuture().join());
            var glanced =
                    embedder.quick().flatMap(rough -> classifier.glance(question.text(), rough));
            quick += glanced.isPresent() ? 1 : 0;
            alone.add(Outcome.of(question, network, 0));
            pair.add(Outcome.of(question, glanced.orElse(network), 0));
        }
        return new SetQuality(
                String.valueOf(folder.getFileName()),
                label,
                quick / (double) test.size(),
                figures(alone),
                figures(pair));
    }

    String text() {
        return "%s by %s: the quick judge decides %.1f %%%n%s%s"
                .formatted(
                        set, label, 100 * quickShare, line("network", network), line("pair", pair));
    }

    private static String line(String name, Figures f) {
        return "  %-8s accuracy %s +- %s, right or refused %s, AUROC %s, kept at 85 %% caught %s, false abstention %s, abstention recall %s, calibration error %s%n"
                .formatted(
                        name,
                        percent(f.accuracy()),
                        percent(f.standardError()),
                        percent(f.rightOrRefused()),
                        figure("%.4f", f.separation()),
                        percent(f.kept()),
                        percent(f.falseAbstention()),
                        percent(f.abstentionRecall()),
                        percent(f.calibrationError()));
    }

    private static String percent(double share) {
        return figure("%.2f %%", 100 * share);
    }

    private static String figure(String format, double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
    }

    private static Figures figures(List<Outcome> outcomes) {
        Report report = Report.of(outcomes);
        long members = outcomes.stream().filter(Outcome::belongs).count();
        double accuracy = report.firstRanked();
        long right =
                outcomes.stream().filter(o -> o.placed().equals(o.question().category())).count();
        return new Figures(
                accuracy,
                Math.sqrt(accuracy * (1 - accuracy) / members),
                right / (double) outcomes.size(),
                report.falseAbstention(),
                report.abstentionRecall(),
                report.separation(),
                kept(outcomes),
                report.calibrationError());
    }

    private static double kept(List<Outcome> outcomes) {
        double[] others =
                outcomes.stream()
                        .filter(o -> o.question().category().equals(Category.NONE))
                        .mapToDouble(Outcome::none)
                        .sorted()
                        .toArray();
        if (others.length == 0) {
            return Double.NaN;
        }
        double limit = others[(int) ((1 - CAUGHT) * others.length)];
        List<Outcome> members = outcomes.stream().filter(Outcome::belongs).toList();
        return members.stream().filter(o -> o.none() < limit).count() / (double) members.size();
    }
}
