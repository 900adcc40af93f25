package io.consort.runtime.tiers.replay;

import io.consort.runtime.tiers.TierSettings;
import io.consort.runtime.tiers.Tiers;
import java.util.Arrays;
import java.util.List;

/**
 * Plays requests to the memory tiers in simulated time. Every request computes equally long, and those
 * of resident experts run together, so that all waiting is for weights.
 */
public final class Replay {

    private final SimulatedTime time = new SimulatedTime();
    private final List<Request> requests;
    private final long serviceNanos;
    private final double[] waits;
    private int served;

    private Replay(List<Request> requests, double serviceSeconds) {
        this.requests = requests;
        this.serviceNanos = (long) (serviceSeconds * 1e9);
        this.waits = new double[requests.size()];
    }

    /**
     * Plays all of them.
     *
     * @param expertBytes of each expert
     * @param foresight whether the tiers hear of every request's second choice
     */
    public static Outcome run(
            TierSettings settings,
            int experts,
            long expertBytes,
            List<Request> requests,
            double serviceSeconds,
            boolean foresight) {
        return new Replay(requests, serviceSeconds).play(settings, experts, expertBytes, foresight);
    }

    private Outcome play(TierSettings settings, int experts, long expertBytes, boolean foresight) {
        SimulatedDevice device = new SimulatedDevice(time, settings.speeds(), expertBytes);
        try (Tiers tiers = new Tiers(settings, device, time, time::now)) {
            for (int i = 0; i < experts; i++) {
                tiers.register(name(i), expertBytes);
            }
            for (Request request : requests) {
                time.at(request.at(), () -> arrive(tiers, request, foresight));
            }
            time.run();
        }
        if (served != requests.size()) {
            throw new IllegalStateException(
                    "%d of %d requests were served".formatted(served, requests.size()));
        }
        Arrays.sort(waits);
        double hundreds = waits.length / 100.0;
        return new Outcome(
                device.switches() / hundreds,
                Arrays.stream(waits).sum() / hundreds,
                waits[(int) (0.95 * (waits.length - 1))],
                waits[waits.length - 1],
                device.loadSeconds() / (time.now() / 1e9));
    }

    private void arrive(Tiers tiers, Request request, boolean foresight) {
        tiers.acquire(name(request.expert()))
                .thenAccept(lease -> {
                    waits[served++] = (time.now() - request.at()) / 1e9;
                    time.after(serviceNanos, lease::close);
                })
                .exceptionally(failure -> {
                    throw new IllegalStateException(failure);
                });
        if (foresight) {
            tiers.foresee(name(request.second()), 0.2);
        }
    }

    private static String name(int expert) {
        return "expert-" + expert;
    }
}
