package io.consort.router.policy;

import io.consort.experts.Catalog;
import io.consort.experts.Category;
import io.consort.experts.Expert;
import io.consort.experts.PolicySettings;
import io.consort.router.policy.Descriptors.Described;
import io.consort.router.rule.DescriptionRule;
import io.consort.router.signal.KeptEmbeddings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Describes a catalog's experts: each in one sentence that an expert writes about at most three
 * examples of what the described one answers. What counts as a close match is fitted on the
 * categories' examples.
 */
final class DescriptorMaker {

    private static final int SAMPLES = 3;
    private static final int SAMPLE_LENGTH = 500;
    private static final int FITTED_ON = 50;

    private static final String BEFORE = "These are requests that one assistant answers well:\n\n";
    private static final String AFTER =
            """

            Write one imperative sentence that names the task and the skill that it takes, \
            so that similar requests can be recognised by it. Answer with this sentence alone.
            """;

    private final Catalog catalog;
    private final KeptEmbeddings embeddings;
    private final DescriptorStore store;

    DescriptorMaker(Catalog catalog, KeptEmbeddings embeddings, DescriptorStore store) {
        this.catalog = catalog;
        this.embeddings = embeddings;
        this.store = store;
    }

    /**
     * The policy with its descriptions, written where they are not stored yet; blocks meanwhile.
     *
     * @throws ArtefactException when there is nothing to describe, or nobody does
     */
    DescriptorPolicy make(PolicySettings.Descriptor settings) {
        Expert writer = catalog.expert(settings.writer()).orElseThrow();
        Map<String, String> sentences = new LinkedHashMap<>();
        for (Expert expert : catalog.experts()) {
            List<String> samples = samples(expert.id());
            if (!samples.isEmpty()) {
                sentences.put(expert.id(), store.sentence(settings.id(), writer, request(samples)));
            }
        }
        if (sentences.isEmpty()) {
            throw new ArtefactException(
                    settings.id(),
                    "there is no expert to describe; give categories examples, and map them to"
                            + " experts");
        }
        Map<String, float[]> meanings = embeddings.byText(List.copyOf(sentences.values()));
        List<Described> described = new ArrayList<>();
        sentences.forEach((expert, sentence) ->
                described.add(
                        new Described(
                                expert, sentence, meanings.getOrDefault(sentence, new float[0]))));
        return new DescriptorPolicy(
                settings,
                new Descriptors(described, rule(described)),
                version(settings, sentences));
    }

    private static String version(
            PolicySettings.Descriptor settings, Map<String, String> sentences) {
        return Fingerprint.of(List.of(settings.toString(), sentences.toString()));
    }

    /** Examples of the categories that the map sends to the expert, spread evenly over them. */
    private List<String> samples(String expert) {
        List<String> first = new ArrayList<>();
        List<String> later = new ArrayList<>();
        for (Category category : catalog.categories()) {
            List<String> ranked = catalog.map().getOrDefault(category.id(), List.of());
            if (ranked.contains(expert)) {
                (ranked.getFirst().equals(expert) ? first : later).addAll(category.examples());
            }
        }
        return spread(first.isEmpty() ? later : first, SAMPLES);
    }

    private static String request(List<String> samples) {
        StringBuilder lines = new StringBuilder(BEFORE);
        for (String sample : samples) {
            lines.append("- ")
                    .append(sample.substring(0, Math.min(SAMPLE_LENGTH, sample.length())))
                    .append('\n');
        }
        return lines.append(AFTER).toString();
    }

    /**
     * The limit that pins most examples to the expert that the map names for them, less those that it
     * pins to another, and less those of no category.
     */
    private DescriptionRule rule(List<Described> described) {
        Map<String, String> wanted = new LinkedHashMap<>();
        for (Category category : catalog.categories()) {
            List<String> ranked = catalog.map().getOrDefault(category.id(), List.of());
            spread(category.examples(), FITTED_ON)
                    .forEach(text -> wanted.put(text, ranked.isEmpty() ? "" : ranked.getFirst()));
        }
        spread(catalog.otherExamples(), FITTED_ON).forEach(text -> wanted.putIfAbsent(text, ""));
        Map<String, float[]> meanings = embeddings.byText(List.copyOf(wanted.keySet()));
        List<float[]> directions = described.stream().map(Described::embedding).toList();
        List<DescriptionRule.Match> matches = new ArrayList<>();
        wanted.forEach((text, expert) -> {
            double[] cosines =
                    DescriptionRule.cosines(directions, meanings.getOrDefault(text, new float[0]));
            int best = DescriptionRule.nearest(cosines);
            boolean right = described.get(best).expert().equals(expert);
            matches.add(new DescriptionRule.Match(cosines[best], right ? 1 : -1));
        });
        return DescriptionRule.fit(matches);
    }

    private static List<String> spread(List<String> all, int most) {
        int count = Math.min(all.size(), most);
        return Stream.iterate(0, i -> i < count, i -> i + 1)
                .map(i -> all.get(i * all.size() / count))
                .toList();
    }
}
