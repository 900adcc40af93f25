package io.consort.runtime.tiers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TiersThreadsTest {

    private static final long DEVICE = 400;
    private static final long EXPERT = 100;
    private static final int EXPERTS = 9;
    private static final int THREADS = 8;
    private static final int TIMES = 1500;

    private static final Lease NOTHING = new Lease("nothing", 1, () -> {});

    private final Queue<String> violations = new ConcurrentLinkedQueue<>();
    private final Map<String, AtomicInteger> leased = new ConcurrentHashMap<>();
    private final AtomicLong used = new AtomicLong();

    /** Loads on a thread of its own; every seventh fails. */
    private final class ThreadedMover implements Mover, AutoCloseable {

        private final ExecutorService executor = Executors.newSingleThreadExecutor();
        private final AtomicInteger loads = new AtomicInteger();

        @Override
        public void load(Load load, Progress progress) {
            if (load.to() == Tier.DEVICE && used.addAndGet(EXPERT) > DEVICE) {
                violations.add("too much on the device");
            }
            executor.execute(() -> {
                int number = loads.incrementAndGet();
                if (number % 7 == 0) {
                    progress.failed(new IllegalStateException("the seventh"));
                    return;
                }
                if (number % 2 == 0) {
                    progress.usable();
                }
                progress.loaded();
            });
        }

        @Override
        public void drop(String expert, Tier tier) {
            if (tier == Tier.DEVICE) {
                used.addAndGet(-EXPERT);
                if (leased.getOrDefault(expert, new AtomicInteger()).get() != 0) {
                    violations.add("dropped %s, which is leased".formatted(expert));
                }
            }
        }

        @Override
        public void close() {
            executor.close();
        }
    }

    @Test
    @Timeout(60)
    void manyThreadsGetLeasesOfWhatIsThereAndAllOfThemEnd() throws InterruptedException {
        TierSettings settings =
                new TierSettings(
                        DEVICE,
                        300,
                        new LinkSpeeds(1e12, 1e12),
                        TierSettings.Order.GROUPED,
                        TierSettings.Eviction.PRICED,
                        Duration.ofMillis(1));
        AtomicInteger ended = new AtomicInteger();
        try (ThreadedMover mover = new ThreadedMover();
                Alarm alarm = Alarm.ofThread();
                Tiers tiers = new Tiers(settings, mover, alarm, System::nanoTime)) {
            for (int i = 0; i < EXPERTS; i++) {
                tiers.register("e" + i, EXPERT);
                leased.put("e" + i, new AtomicInteger());
            }
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                Random random = new Random(i);
                threads.add(Thread.ofPlatform().start(() -> ask(tiers, random, ended)));
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }
        assertThat(ended).hasValue(THREADS * TIMES);
        assertThat(violations).isEmpty();
    }

    private void ask(Tiers tiers, Random random, AtomicInteger ended) {
        for (int i = 0; i < TIMES; i++) {
            String expert = "e" + random.nextInt(EXPERTS);
            Lease lease = tiers.acquire(expert).exceptionally(failure -> NOTHING).join();
            AtomicInteger count = leased.getOrDefault(lease.expert(), new AtomicInteger());
            count.incrementAndGet();
            Thread.onSpinWait();
            count.decrementAndGet();
            lease.close();
            ended.incrementAndGet();
        }
    }
}
