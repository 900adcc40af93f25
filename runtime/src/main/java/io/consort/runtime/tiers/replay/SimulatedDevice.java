package io.consort.runtime.tiers.replay;

import io.consort.runtime.tiers.LinkSpeeds;
import io.consort.runtime.tiers.Mover;
import io.consort.runtime.tiers.Tier;

/** A device whose loads take as long as its links need. Single-threaded. */
final class SimulatedDevice implements Mover {

    private final SimulatedTime time;
    private final LinkSpeeds speeds;
    private final long expertBytes;
    private int switches;
    private double loadSeconds;

    SimulatedDevice(SimulatedTime time, LinkSpeeds speeds, long expertBytes) {
        this.time = time;
        this.speeds = speeds;
        this.expertBytes = expertBytes;
    }

    @Override
    public void load(Load load, Progress progress) {
        double seconds =
                load.to() == Tier.DEVICE
                        ? speeds.secondsToDevice(expertBytes, load.pinned())
                        : speeds.secondsToPinned(expertBytes);
        if (load.to() == Tier.DEVICE) {
            switches++;
            loadSeconds += seconds;
        }
        time.after((long) (seconds * 1e9), progress::loaded);
    }

    @Override
    public void drop(String expert, Tier tier) {
        // Forgetting takes no time.
    }

    /** Loads to the device so far. */
    int switches() {
        return switches;
    }

    /** Seconds that they took. */
    double loadSeconds() {
        return loadSeconds;
    }
}
