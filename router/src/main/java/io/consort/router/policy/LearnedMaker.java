package io.consort.router.policy;

import io.consort.experts.Catalog;
import io.consort.experts.PolicySettings;
import io.consort.experts.Thrift;
import io.consort.router.outcomes.OutcomeSet;
import io.consort.router.outcomes.Prospects;
import io.consort.router.signal.KeptEmbeddings;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Makes policies that learn from recorded outcomes. */
final class LearnedMaker {

    private static final System.Logger LOG = System.getLogger(LearnedMaker.class.getName());

    private final Catalog catalog;
    private final KeptEmbeddings embeddings;

    LearnedMaker(Catalog catalog, KeptEmbeddings embeddings) {
        this.catalog = catalog;
        this.embeddings = embeddings;
    }

    /**
     * The policy, fitted; blocks meanwhile.
     *
     * @throws ArtefactException when there is no such outcome set, or it tells nothing of the experts
     */
    LearnedPolicy make(PolicySettings.Learned settings) {
        Pooled pooled = read(settings);
        OutcomeSet set = pooled.set();
        long begin = System.nanoTime();
        LOG.log(
                Level.INFO,
                "The policy {0} learns from {1} recorded prompts",
                settings.id(),
                set.train().size());
        Prospects prospects =
                Prospects.fit(set, settings.method(), embeddings.byText(Prospects.texts(set)));
        Pool free = new Pool(pooled.ids(), prospects, pooled.models(), pooled.usd(), 0);
        double lambda =
                settings.thrift().map(thrift -> lambda(settings.id(), thrift, free)).orElse(0.0);
        Pool pool = new Pool(free.experts(), prospects, free.models(), free.usd(), lambda);
        LOG.log(
                Level.INFO,
                "The policy {0} has learned, in {1} s",
                settings.id(),
                Math.round((System.nanoTime() - begin) / 1e9));
        return new LearnedPolicy(settings, pool, version(settings, set, pool));
    }

    private Pooled read(PolicySettings.Learned settings) {
        try {
            return Pooled.read(catalog, settings.outcomes());
        } catch (IOException problem) {
            throw new ArtefactException(
                    settings.id(),
                    "its `outcomes` cannot be used: %s".formatted(problem.getMessage()));
        }
    }

    private static double lambda(String policy, Thrift thrift, Pool pool) {
        return switch (thrift) {
            case Thrift.Rate(double lambda) -> lambda;
            case Thrift.Budget(double usd) -> {
                double least = Arrays.stream(pool.usd()).min().orElse(0);
                if (least > usd) {
                    throw new ArtefactException(
                            policy,
                            "its budget is %s per thousand requests, but even the cheapest expert takes %s; raise it"
                                    .formatted(Words.money(usd), Words.money(least)));
                }
                double[] prices = new double[pool.prospects().models().size()];
                boolean[] inPool = new boolean[prices.length];
                for (int i = 0; i < pool.models().length; i++) {
                    prices[pool.models()[i]] = pool.usd()[i];
                    inPool[pool.models()[i]] = true;
                }
                yield pool.prospects().rate(prices, inPool, usd);
            }
        };
    }

    private static String version(PolicySettings.Learned settings, OutcomeSet set, Pool pool) {
        List<String> parts = new ArrayList<>();
        parts.add(settings.method().name());
        parts.add(settings.fallback().toString());
        parts.add(Double.toString(settings.explore()));
        parts.add(Double.toString(settings.loadCost()));
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
