package io.consort.service.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.service.stage.Client;
import io.consort.service.store.Ids;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Clients that ask nodes in turn until they are told to stop, and remember what was answered. */
final class Load implements AutoCloseable {

    private final List<Thread> clients = new ArrayList<>();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong unanswered = new AtomicLong();
    private final AtomicLong twice = new AtomicLong();
    private final Set<Long> answered = ConcurrentHashMap.newKeySet();
    private final Map<Integer, Long> refused = new ConcurrentSkipListMap<>();
    private final Semaphore fresh = new Semaphore(0);
    private volatile List<Client> nodes;
    private volatile boolean stopping;

    private Load(List<Client> nodes) {
        this.nodes = List.copyOf(nodes);
    }

    static Load start(List<Client> nodes, int count) {
        Load load = new Load(nodes);
        for (int i = 0; i < count; i++) {
            load.clients.add(Thread.ofVirtual().start(load::ask));
        }
        return load;
    }

    /** Asks these nodes from now on. */
    void turnTo(List<Client> others) {
        nodes = List.copyOf(others);
    }

    /** Waits for so many further answers. */
    void awaitMore(int answers) throws InterruptedException {
        fresh.drainPermits();
        assertThat(fresh.tryAcquire(answers, 120, TimeUnit.SECONDS))
                .as("answers go on coming; %s", this)
                .isTrue();
    }

    long sent() {
        return sent.get();
    }

    /** Requests that a node took with it. */
    long unanswered() {
        return unanswered.get();
    }

    /** Answers that had another's number. */
    long twice() {
        return twice.get();
    }

    /** Numbers of decisions that were answered. */
    Set<Long> answered() {
        return answered;
    }

    /** How many answers with other statuses than 200. */
    Map<Integer, Long> refused() {
        return refused;
    }

    @Override
    public void close() {
        stopping = true;
        try {
            for (Thread client : clients) {
                client.join();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public String toString() {
        return "sent %d, answered %d, refused %s, unanswered %d"
                .formatted(sent.get(), answered.size(), refused, unanswered.get());
    }

    private void ask() {
        while (!stopping) {
            List<Client> now = nodes;
            Client node = now.get((int) (sent.getAndIncrement() % now.size()));
            try {
                Client.Reply reply =
                        node.post("/v1/chat/completions", Client.chat("auto", "x", ""));
                if (reply.status() == 200) {
                    long id = Ids.parse(reply.header("x-consort-decision")).orElseThrow();
                    if (!answered.add(id)) {
                        twice.incrementAndGet();
                    }
                    fresh.release();
                } else {
                    refused.merge(reply.status(), 1L, Long::sum);
                }
            } catch (UncheckedIOException gone) {
                unanswered.incrementAndGet();
            }
        }
    }
}
