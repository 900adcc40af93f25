package io.consort.router.policy;

import io.consort.experts.Catalog;
import io.consort.experts.Expert;
import io.consort.experts.PolicySettings;
import io.consort.experts.Price;
import io.consort.experts.Thrift;
import io.consort.router.outcomes.OutcomeSet;
import io.consort.router.outcomes.Prospects;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes policies that learn from recorded outcomes. */
final class LearnedMaker {

    private static final System.Logger LOG = System.getLogger(LearnedMaker.class.getName());

    /** Where no cost is recorded, a request is taken to have the prompts' length and such an answer. */
    private static final long ANSWER_TOKENS = 300;

    private static final int CHARACTERS_PER_TOKEN = 4;

    private final Catalog catalog;
    private final TextEmbeddings embeddings;

    LearnedMaker(Catalog catalog, TextEmbeddings embeddings) {
        this.catalog = catalog;
        this.embeddings = embeddings;
    }

    /**
     * The policy, fitted; blocks meanwhile.
     *
     * @throws ArtefactException when there is no such outcome set, or it tells nothing of the experts
     */
    LearnedPolicy make(PolicySettings.Learned settings) {
        OutcomeSet set = read(settings);
        long begin = System.nanoTime();
        LOG.log(
                Level.INFO,
                "The policy {0} learns from {1} recorded prompts",
                settings.id(),
                set.train().size());
        Prospects prospects =
                Prospects.fit(set, settings.method(), embeddings.of(Prospects.texts(set)));
        Pool pool = pool(settings, set, prospects);
        LOG.log(
                Level.INFO,
                "The policy {0} has learned, in {1} s",
                settings.id(),
                Math.round((System.nanoTime() - begin) / 1e9));
        return new LearnedPolicy(settings, pool, version(settings, set, pool));
    }

    private static OutcomeSet read(PolicySettings.Learned settings) {
        try {
            return Prospects.read(settings.outcomes().folder());
        } catch (IOException problem) {
            throw new ArtefactException(
                    settings.id(),
                    "its `outcomes` are no outcome set: %s".formatted(problem.getMessage()));
        }
    }

    private Pool pool(PolicySettings.Learned settings, OutcomeSet set, Prospects prospects) {
        List<Expert> experts = new ArrayList<>();
        List<Integer> models = new ArrayList<>();
        for (int m = 0; m < prospects.models().size(); m++) {
            Optional<Expert> expert =
                    catalog.expert(settings.outcomes().expert(prospects.models().get(m)));
            if (expert.isPresent() && !experts.contains(expert.get())) {
                experts.add(expert.get());
                models.add(m);
            }
        }
        if (experts.isEmpty()) {
            throw new ArtefactException(
                    settings.id(),
                    "its outcome set tells of %s, none of which is an expert here; say which is which with `experts: { %s: ... }`"
                            .formatted(
                                    String.join(", ", prospects.models()),
                                    prospects.models().getFirst()));
        }
        int[] places = models.stream().mapToInt(Integer::intValue).toArray();
        List<String> ids = experts.stream().map(Expert::id).toList();
        Pool free = new Pool(ids, prospects, places, costs(experts, places, set, prospects), 0);
        return settings.thrift().isEmpty()
                ? free
                : new Pool(ids, prospects, places, free.usd(), lambda(settings, free));
    }

    /** As recorded, where it is for every expert; else at the prices of the catalog. */
    private static double[] costs(
            List<Expert> experts, int[] models, OutcomeSet set, Prospects prospects) {
        double[] recorded = prospects.costs();
        double[] usd = new double[models.length];
        boolean all = true;
        for (int i = 0; i < usd.length; i++) {
            usd[i] = 1_000 * recorded[models[i]];
            all &= !Double.isNaN(usd[i]);
        }
        if (all) {
            return usd;
        }
        long characters = set.train().stream().mapToLong(prompt -> prompt.text().length()).sum();
        long promptTokens = characters / set.train().size() / CHARACTERS_PER_TOKEN;
        for (int i = 0; i < usd.length; i++) {
            Price price = experts.get(i).price();
            usd[i] = 1_000 * price.of(promptTokens, ANSWER_TOKENS);
        }
        return usd;
    }

    private static double lambda(PolicySettings.Learned settings, Pool pool) {
        return switch (settings.thrift().orElseThrow()) {
            case Thrift.Rate(double lambda) -> lambda;
            case Thrift.Budget(double usd) -> {
                Frugality frugality =
                        new Frugality(
                                pool.prospects().onTraining().map(pool::ofExperts).toList(),
                                pool.usd());
                if (frugality.cheapest() > usd) {
                    throw new ArtefactException(
                            settings.id(),
                            "its budget is %s per thousand requests, but even the cheapest expert takes %s; raise it"
                                    .formatted(
                                            Words.money(usd), Words.money(frugality.cheapest())));
                }
                yield frugality.lambda(usd);
            }
        };
    }

    private static String version(PolicySettings.Learned settings, OutcomeSet set, Pool pool) {
        List<String> parts = new ArrayList<>();
        parts.add(settings.method().name());
        parts.add(settings.fallback().toString());
        parts.add(Double.toString(settings.explore()));
        parts.add(pool.experts().toString());
        parts.add(Double.toString(pool.lambda()));
        for (double usd : pool.usd()) {
            parts.add(Double.toString(usd));
        }
        set.train()
                .forEach(prompt -> {
                    parts.add(prompt.text());
                    for (double score : prompt.scores()) {
                        parts.add(Double.toString(score));
                    }
                });
        return Fingerprint.of(parts);
    }
}
