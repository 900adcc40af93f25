package io.consort.service.chaos.cluster;

import io.consort.service.store.Ids;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Clients that ask until they are told to stop, some for answers at once and some for long streams,
 * and count what they see.
 */
final class Load implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(5);
    private static final Duration AFTER_A_FAILURE = Duration.ofMillis(50);
    private static final long PATIENCE_SECONDS = 60;
    private static final int BAD_GATEWAY = 502;
    private static final int GATEWAY_TIMEOUT = 504;

    private final Front front;
    private final String key;
    private final List<Thread> clients = new ArrayList<>();
    private final List<Tally> tallies = new ArrayList<>();
    private final Set<Long> known = ConcurrentHashMap.newKeySet();
    private final Semaphore fresh = new Semaphore(0);
    private volatile Tally now = new Tally("", 0);
    private volatile boolean stopping;

    // Guarded by this.
    private int running;

    private Load(Front front, String key) {
        this.front = front;
        this.key = key;
    }

    /** Clients of this front, so many that ask for answers at once and so many that read streams. */
    static Load start(Front front, String key, int askers, int readers) {
        Load load = new Load(front, key);
        load.enter("no fault");
        for (int i = 0; i < askers; i++) {
            load.clients.add(Thread.ofVirtual().start(load::ask));
        }
        for (int i = 0; i < readers; i++) {
            load.clients.add(Thread.ofVirtual().start(load::read));
        }
        return load;
    }

    /** Counts for another fault from now on. */
    synchronized void enter(String fault) {
        now = new Tally(fault, running);
        tallies.add(now);
    }

    /**
     * Waits for so many further answers.
     *
     * @throws IOException when they do not come
     */
    void awaitMore(int answers) throws IOException, InterruptedException {
        fresh.drainPermits();
        if (!fresh.tryAcquire(answers, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IOException(
                    "%d answers did not come within %d s of \"%s\""
                            .formatted(answers, PATIENCE_SECONDS, now.fault()));
        }
    }

    /** What was seen, fault by fault. */
    synchronized List<Tally> tallies() {
        return List.copyOf(tallies);
    }

    /** Lets all clients end what they have begun. */
    @Override
    public void close() {
        stopping = true;
        try {
            for (Thread client : clients) {
                client.join();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void ask() {
        try {
            while (!stopping) {
                askOnce();
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void askOnce() throws InterruptedException {
        Tally tally = now;
        tally.send();
        try {
            HttpResponse<String> response =
                    front.ask(key, "auto", false, BodyHandlers.ofString()).http();
            switch (response.statusCode()) {
                case 200 -> {
                    answered(tally, response);
                    fresh.release();
                }
                case BAD_GATEWAY, GATEWAY_TIMEOUT -> now.lose();
                default -> {
                    tally.refuse(response.statusCode());
                    Thread.sleep(AFTER_A_FAILURE);
                }
            }
        } catch (IOException gone) {
            now.lose();
            Thread.sleep(AFTER_A_FAILURE);
        }
    }

    private void read() {
        try {
            while (!stopping) {
                readOnce();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void readOnce() throws InterruptedException {
        Tally tally = now;
        tally.send();
        Front.Reply<Stream<String>> reply;
        try {
            reply = front.ask(key, "long", true, BodyHandlers.ofLines());
        } catch (IOException gone) {
            now.lose();
            Thread.sleep(AFTER_A_FAILURE);
            return;
        }
        try (Stream<String> lines = reply.http().body()) {
            switch (reply.http().statusCode()) {
                case 200 -> follow(reply, lines);
                case BAD_GATEWAY, GATEWAY_TIMEOUT -> now.lose();
                default -> {
                    tally.refuse(reply.http().statusCode());
                    Thread.sleep(AFTER_A_FAILURE);
                }
            }
        }
    }

    private void follow(Front.Reply<Stream<String>> reply, Stream<String> lines) {
        beginStream();
        Pieces pieces = new Pieces();
        try {
            for (Iterator<String> line = lines.iterator(); line.hasNext(); ) {
                pieces.take(line.next());
            }
        } catch (UncheckedIOException broken) {
            // What it leaves says the same.
        }
        Tally tally = endStream();
        if (!pieces.isOver()) {
            tally.breakStream(reply.node());
            return;
        }
        if (!pieces.isInOrder()) {
            tally.disorder();
        }
        tally.endStream();
        answered(tally, reply.http());
    }

    private synchronized void beginStream() {
        now.beginStream();
        running++;
    }

    private synchronized Tally endStream() {
        running--;
        return now;
    }

    private void answered(Tally tally, HttpResponse<?> response) {
        long id =
                Ids.parse(response.headers().firstValue("x-consort-decision").orElse(""))
                        .orElseThrow();
        tally.answer(id, known.add(id));
    }
}
