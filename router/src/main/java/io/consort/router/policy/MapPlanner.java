package io.consort.router.policy;

import io.consort.experts.Catalog;
import io.consort.experts.Category;
import io.consort.experts.Expert;
import io.consort.experts.ExpertSource;
import io.consort.experts.MapPlan;
import io.consort.router.map.Assignment;
import io.consort.router.map.BestMap;
import io.consort.router.map.Budgets;
import io.consort.router.map.Candidate;
import io.consort.router.map.Demand;
import io.consort.router.map.Estimate;
import io.consort.router.map.MapProblem;
import io.consort.router.map.MapResult;
import io.consort.router.map.Measure;
import io.consort.router.map.Shrinkage;
import io.consort.router.map.Shrinkage.Measured;
import io.consort.router.outcomes.RecordedPrompt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Carries out the plan of a catalog's map: the best map for recorded outcomes within budgets. */
public final class MapPlanner {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** What was asked and what was found. */
    public record Found(MapProblem problem, MapResult.Best map) {}

    private MapPlanner() {}

    /**
     * The catalog with its map found, or itself where the map is given; blocks.
     *
     * @throws ArtefactException when there is no such map
     */
    public static Catalog apply(Catalog catalog) {
        if (catalog.plan().isEmpty()) {
            return catalog;
        }
        Map<String, List<String>> map = new LinkedHashMap<>();
        for (Assignment assignment : find(catalog, catalog.plan().get()).map().assignments()) {
            map.put(assignment.category(), assignment.ranked());
        }
        return catalog.withMap(map);
    }

    /**
     * The map and what it was chosen from; blocks.
     *
     * @throws ArtefactException when there is no such map
     */
    public static Found find(Catalog catalog, MapPlan plan) {
        MapProblem problem;
        try {
            problem = problem(catalog, plan);
        } catch (IOException unusable) {
            throw ArtefactException.ofMap(
                    "its outcomes in `from` cannot be used: " + unusable.getMessage());
        }
        return switch (BestMap.find(problem, LIMIT)) {
            case MapResult.Best best -> new Found(problem, best);
            case MapResult.Infeasible(var _, String message) ->
                    throw ArtefactException.ofMap(message);
            case MapResult.Unknown(String message) -> throw ArtefactException.ofMap(message);
        };
    }

    private static MapProblem problem(Catalog catalog, MapPlan plan) throws IOException {
        Pooled pool = Pooled.read(catalog, plan.outcomes());
        List<String> categories = catalog.categories().stream().map(Category::id).toList();
        List<RecordedPrompt> known =
                pool.set().train().stream()
                        .filter(prompt -> categories.contains(prompt.category()))
                        .toList();
        if (known.isEmpty()) {
            throw new IOException(
                    "its categories are %s, none of which is a category here; label the prompts with %s"
                            .formatted(
                                    String.join(
                                            ", ",
                                            pool.set().train().stream()
                                                    .map(RecordedPrompt::category)
                                                    .distinct()
                                                    .limit(10)
                                                    .toList()),
                                    String.join(", ", categories)));
        }
        Map<Measure, Double> limits = new EnumMap<>(Measure.class);
        plan.budgets().forEach((name, limit) -> limits.put(Measure.named(name), limit));
        return new MapProblem(
                candidates(pool), demands(pool, categories, known), new Budgets(limits));
    }

    private static List<Candidate> candidates(Pooled pool) {
        double[] usd = pool.usd();
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < usd.length; i++) {
            Expert expert = pool.experts().get(i);
            double recorded = pool.set().models().get(pool.models()[i]).activeParamsB() * 1e9;
            Map<Measure, Double> uses = new EnumMap<>(Measure.class);
            uses.put(Measure.USD_PER_THOUSAND_REQUESTS, usd[i]);
            boolean local = expert.source() instanceof ExpertSource.Local;
            put(uses, Measure.HOSTED_PARAMETERS, expert.parameters(), local ? Double.NaN : 0);
            OptionalLong active =
                    expert.footprint().activeParameters().isPresent()
                            ? expert.footprint().activeParameters()
                            : expert.parameters();
            put(uses, Measure.ACTIVE_PARAMETERS, active, recorded);
            expert.footprint()
                    .latency()
                    .ifPresent(latency -> uses.put(Measure.LATENCY, latency.toNanos() / 1e6));
            put(
                    uses,
                    Measure.DEVICE_BYTES,
                    expert.footprint().deviceBytes(),
                    bytes(expert.source()));
            candidates.add(new Candidate(expert.id(), uses));
        }
        return candidates;
    }

    private static void put(
            Map<Measure, Double> uses, Measure measure, OptionalLong told, double otherwise) {
        double use = told.isPresent() ? told.getAsLong() : otherwise;
        if (!Double.isNaN(use)) {
            uses.put(measure, use);
        }
    }

    /** What a local expert's weights take; nothing for a remote one, NaN where they are not there. */
    private static double bytes(ExpertSource source) {
        if (!(source instanceof ExpertSource.Local(Path checkpoint, _))) {
            return 0;
        }
        try (Stream<Path> files = Files.list(checkpoint)) {
            long bytes = 0;
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".safetensors")).toList()) {
                bytes += Files.size(file);
            }
            return bytes == 0 ? Double.NaN : bytes;
        } catch (IOException unreadable) {
            return Double.NaN;
        }
    }

    /** A category of which nothing is recorded counts as much as one query. */
    private static List<Demand> demands(
            Pooled pool, List<String> categories, List<RecordedPrompt> known) {
        List<List<Estimate>> byExpert = new ArrayList<>();
        for (int model : pool.models()) {
            List<Measured> measured = new ArrayList<>();
            for (String category : categories) {
                Measured scores = Measured.NONE;
                for (RecordedPrompt prompt : known) {
                    double score = prompt.scores()[model];
                    if (prompt.category().equals(category) && !Double.isNaN(score)) {
                        scores = scores.plus(score);
                    }
                }
                measured.add(scores);
            }
            byExpert.add(Shrinkage.of(measured));
        }
        List<Demand> demands = new ArrayList<>();
        for (int c = 0; c < categories.size(); c++) {
            String category = categories.get(c);
            int place = c;
            long prompts =
                    known.stream().filter(prompt -> prompt.category().equals(category)).count();
            demands.add(
                    new Demand(
                            category,
                            Math.max(1, prompts),
                            byExpert.stream().map(estimates -> estimates.get(place)).toList()));
        }
        return demands;
    }
}
