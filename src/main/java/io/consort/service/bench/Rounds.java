package io.consort.service.bench;

import io.consort.service.bench.load.Figures;
import io.consort.service.bench.load.Samples;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Makes every measurement once in every round, with the servers side by side inside a round, so
 * that what the machine does meanwhile hits all of them.
 */
final class Rounds {

    private static final double FASTER = 1.05;
    private static final int STEADY = 2;
    private static final int LONGEST = 8;

    private final GatewayOptions options;
    private final Phases phases;
    private final Results results;
    private final PrintStream progress;

    Rounds(GatewayOptions options, Phases phases, Results results, PrintStream progress) {
        this.options = options;
        this.phases = phases;
        this.results = results;
        this.progress = progress;
    }

    /**
     * Lets the gateway's compiler, which has the same core as its requests, finish with every kind
     * of request: for a while, and on until the gateway does not get faster, or took too long to.
     */
    void warmUp(List<Target> targets, Target gateway) {
        long least = options.warmUp().toNanos();
        progress.println(
                "consort: warming up for %d s, and until nothing gets faster"
                        .formatted(options.warmUp().toSeconds()));
        targets.forEach(target -> phases.answers(target, 1, Prompts.SHORT));
        long start = System.nanoTime();
        double best = 0;
        int steady = 0;
        long taken;
        do {
            double now = phases.answers(gateway, 16, Prompts.SHORT).answersPerSecond();
            phases.answers(gateway.asking(BenchCatalog.AUTO), 16, Prompts.TWENTY_WORDS);
            phases.shortStreams(gateway);
            steady = now < FASTER * best ? steady + 1 : 0;
            best = Math.max(best, now);
            taken = System.nanoTime() - start;
        } while (taken < least || (steady < STEADY && taken < LONGEST * least));
    }

    void run(List<Target> targets, Target gateway) {
        List<Target> order = new ArrayList<>(targets);
        for (int round = 1; round <= options.rounds(); round++) {
            for (int connections : options.connections()) {
                say(round, connections + " connections");
                order.forEach(target -> answers(target, connections));
            }
            say(round, "streams");
            order.forEach(this::shortStreams);
            order.forEach(this::longStreams);
            say(round, "routing");
            routed(gateway.asking(BenchCatalog.AUTO));
            overhead(Row.OVERHEAD_PINNED, gateway, Prompts.SHORT);
            Collections.rotate(order, 1);
        }
    }

    private void answers(Target target, int connections) {
        Figures figures = phases.answers(target, connections, Prompts.SHORT);
        if (connections == 1) {
            micros(Row.LATENCY, target, figures.answers());
        } else {
            results.add(Row.throughput(connections), target.name(), figures.answersPerSecond());
        }
    }

    private void shortStreams(Target target) {
        micros(Row.FIRST_PIECE, target, phases.shortStreams(target).firstPieces());
    }

    private void longStreams(Target target) {
        double millis = phases.longStreams(target).gaps().quantile(1) / 1e6;
        results.add(Row.LONGEST_GAP, target.name(), millis);
    }

    private void routed(Target auto) {
        for (int connections : options.connections()) {
            if (connections > 1) {
                results.add(
                        Row.autoNew(connections),
                        auto.name(),
                        phases.answers(auto, connections, Prompts.TWENTY_WORDS).answersPerSecond());
                results.add(
                        Row.autoKnown(connections),
                        auto.name(),
                        phases.answers(auto, connections, Prompts.SHORT).answersPerSecond());
            }
        }
        overhead(Row.OVERHEAD_20, auto, Prompts.TWENTY_WORDS);
        overhead(Row.OVERHEAD_200, auto, Prompts.TWO_HUNDRED_WORDS);
    }

    private void overhead(Row.Pair rows, Target target, String prompt) {
        Samples overheads = phases.answers(target, 1, prompt).overheads();
        if (overheads.count() == 0) {
            throw new BenchException("the gateway's answers carry no x-consort-overhead-ms");
        }
        micros(rows, target, overheads);
    }

    private void micros(Row.Pair rows, Target target, Samples nanos) {
        results.add(rows.median(), target.name(), nanos.quantile(0.5) / 1e3);
        results.add(rows.high(), target.name(), nanos.quantile(0.99) / 1e3);
    }

    private void say(int round, String what) {
        progress.println("consort: round %d of %d: %s".formatted(round, options.rounds(), what));
    }
}
