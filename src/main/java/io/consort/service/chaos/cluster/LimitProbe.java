package io.consort.service.chaos.cluster;

import java.io.IOException;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/** Asks with a key that is limited until nothing more of its limit is given, and counts by node. */
final class LimitProbe {

    private static final long SILENCE_NANOS = Duration.ofMillis(1_500).toNanos();
    private static final Duration AFTER_A_REFUSAL = Duration.ofMillis(5);
    private static final int CLIENTS = 6;

    private final String key;
    private final Map<Integer, Long> admitted = new ConcurrentSkipListMap<>();
    private final AtomicLong lastAt = new AtomicLong();

    private LimitProbe(String key) {
        this.key = key;
    }

    /** Requests that were let in through these fronts, by node; blocks for some seconds. */
    static Map<Integer, Long> exhaust(String key, List<Front> fronts) throws InterruptedException {
        LimitProbe probe = new LimitProbe(key);
        probe.lastAt.set(System.nanoTime());
        List<Thread> clients = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
            Front front = fronts.get(client % fronts.size());
            int node = fronts.size() == 1 ? -1 : client % fronts.size();
            clients.add(Thread.ofVirtual().start(() -> probe.ask(front, node)));
        }
        for (Thread client : clients) {
            client.join();
        }
        return Map.copyOf(probe.admitted);
    }

    private void ask(Front front, int node) {
        try {
            while (System.nanoTime() - lastAt.get() < SILENCE_NANOS) {
                Front.Reply<String> reply = front.ask(key, "auto", false, BodyHandlers.ofString());
                if (reply.http().statusCode() == 200) {
                    lastAt.set(System.nanoTime());
                    admitted.merge(node < 0 ? reply.node() : node, 1L, Long::sum);
                } else {
                    Thread.sleep(AFTER_A_REFUSAL);
                }
            }
        } catch (IOException gone) {
            // What was let in before counts.
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
