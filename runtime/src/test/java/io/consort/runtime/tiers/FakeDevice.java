package io.consort.runtime.tiers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A device that moves nothing, and watches that nobody asks for what it could not do. Single-threaded. */
final class FakeDevice implements Mover, Alarm {

    /** A load that has not ended. */
    static final class Pending {
        final Load load;
        final Progress progress;
        boolean usable;

        Pending(Load load, Progress progress) {
            this.load = load;
            this.progress = progress;
        }
    }

    final Map<String, Long> sizes = new HashMap<>();
    final List<Pending> pending = new ArrayList<>();
    final Set<String> leased = new HashSet<>();
    int loadsToDevice;

    /** Whether pinned copies take no time. */
    boolean pinsAtOnce;

    long now;
    private final Set<String> onDevice = new HashSet<>();
    private final Set<String> pinned = new HashSet<>();
    private final long deviceBytes;
    private final long pinnedBytes;
    private final List<Long> alarms = new ArrayList<>();
    private final Map<Long, Runnable> actions = new HashMap<>();

    FakeDevice(long deviceBytes, long pinnedBytes) {
        this.deviceBytes = deviceBytes;
        this.pinnedBytes = pinnedBytes;
    }

    private Set<String> held(Tier tier) {
        return tier == Tier.DEVICE ? onDevice : pinned;
    }

    @Override
    public void load(Load load, Progress progress) {
        require(load.pinned() == isPinned(load.expert()), "pinned copy", load);
        take(load.expert(), load.to());
        if (load.to() == Tier.DEVICE) {
            loadsToDevice++;
        }
        require(
                pending.stream().noneMatch(other -> other.load.to() == load.to()),
                "two loads at once",
                load);
        if (pinsAtOnce && load.to() == Tier.PINNED) {
            progress.loaded();
            return;
        }
        pending.add(new Pending(load, progress));
    }

    private boolean isPinned(String expert) {
        return pinned.contains(expert)
                && pending.stream()
                        .noneMatch(other ->
                                other.load.expert().equals(expert)
                                        && other.load.to() == Tier.PINNED);
    }

    @Override
    public void drop(String expert, Tier tier) {
        require(held(tier).remove(expert), "dropped what is not there", expert);
        require(tier != Tier.DEVICE || !leased.contains(expert), "dropped what is leased", expert);
        require(
                pending.stream()
                        .filter(other -> other.load.expert().equals(expert))
                        .noneMatch(other -> other.load.to() == tier || other.load.pinned()),
                "dropped what is moving",
                expert);
    }

    /** Lets a load end well. */
    void finish(Pending load) {
        pending.remove(load);
        load.progress.loaded();
    }

    /** Lets weights be used before all have arrived. */
    void use(Pending load) {
        if (!load.usable && load.load.to() == Tier.DEVICE) {
            load.usable = true;
            load.progress.usable();
        }
    }

    /** Lets a load fail; its copy stays until it is dropped. */
    void fail(Pending load) {
        pending.remove(load);
        load.progress.failed(new IllegalStateException("a cosmic ray"));
    }

    boolean holds(String expert, Tier tier) {
        return held(tier).contains(expert);
    }

    private void take(String expert, Tier tier) {
        require(held(tier).add(expert), "loaded twice to " + tier, expert);
        long used = 0;
        for (String held : held(tier)) {
            used += sizes.getOrDefault(held, 0L);
        }
        require(
                used <= (tier == Tier.DEVICE ? deviceBytes : pinnedBytes),
                "more than fits on " + tier,
                expert);
    }

    private static void require(boolean condition, String what, Object about) {
        if (!condition) {
            throw new AssertionError(what + ": " + about);
        }
    }

    @Override
    public void after(long nanoseconds, Runnable action) {
        long at = now + nanoseconds;
        while (actions.containsKey(at)) {
            at++;
        }
        actions.put(at, action);
        alarms.add(at);
    }

    /** Lets time pass, and alarms ring. */
    void advance(long nanoseconds) {
        long until = now + nanoseconds;
        while (true) {
            long next = alarms.stream().mapToLong(Long::longValue).min().orElse(Long.MAX_VALUE);
            if (next > until) {
                break;
            }
            now = Math.max(now, next);
            alarms.remove(next);
            Runnable action = actions.remove(next);
            if (action != null) {
                action.run();
            }
        }
        now = until;
    }

    @Override
    public void close() {
        alarms.clear();
        actions.clear();
    }
}
