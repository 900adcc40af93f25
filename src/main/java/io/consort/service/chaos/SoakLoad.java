package io.consort.service.chaos;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Clients of all kinds, each asking its next question when the one before is over. */
final class SoakLoad {

    private static final int CLIENTS = 16;
    private static final String UNKNOWN_KEY = "ck-nobody";

    private final InetSocketAddress service;
    private final List<String> keys;
    private final long requests;
    private final AtomicLong taken = new AtomicLong();
    private final LongAdder wrong = new LongAdder();
    private final long[] nanos;
    private final AtomicLong timed = new AtomicLong();

    private SoakLoad(InetSocketAddress service, List<String> keys, long requests) {
        this.service = service;
        this.keys = keys;
        this.requests = requests;
        this.nanos = new long[Math.toIntExact(requests)];
    }

    /**
     * How long whole answers took, and what went wrong.
     *
     * @param nanos in order
     */
    record Outcome(long[] nanos, long wrong) {

        /** Milliseconds within which this share was answered. */
        double quantile(double share) {
            return nanos.length == 0 ? 0 : nanos[(int) (share * (nanos.length - 1))] / 1e6;
        }
    }

    /** Sends so many requests with these keys; blocks until all are over. */
    static Outcome run(InetSocketAddress service, List<String> keys, long requests)
            throws InterruptedException {
        SoakLoad load = new SoakLoad(service, keys, requests);
        CountDownLatch ended = new CountDownLatch(CLIENTS);
        for (int client = 0; client < CLIENTS; client++) {
            var _ =
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    load.send();
                                } finally {
                                    ended.countDown();
                                }
                            });
        }
        ended.await();
        long[] sorted = Arrays.copyOf(load.nanos, load.timed.intValue());
        Arrays.sort(sorted);
        return new Outcome(sorted, load.wrong.sum());
    }

    private void send() {
        try (SoakClient client = new SoakClient(service)) {
            for (long number = taken.getAndIncrement();
                    number < requests;
                    number = taken.getAndIncrement()) {
                send(client, number);
            }
        } catch (IOException _) {
            wrong.increment();
        }
    }

    private void send(SoakClient client, long number) throws IOException {
        String key = keys.get((int) (number / 20 % keys.size()));
        try {
            boolean right =
                    switch ((int) (number % 20)) {
                        case 10, 11, 12, 13 -> client.ask(key, body("auto", true, number)) == 200;
                        case 14 -> client.ask(key, body("slow", true, number)) == 200;
                        case 15 -> client.ask(key, "{\"model\":\"auto\",") == 400;
                        case 16 -> client.ask(UNKNOWN_KEY, body("auto", false, number)) == 401;
                        case 17 -> client.ask(key, body("nobody", false, number)) == 404;
                        case 18 -> client.ask(key, body("broken", false, number)) >= 500;
                        case 19 -> {
                            client.askAndLeave(key, body("slow", true, number));
                            yield true;
                        }
                        default -> {
                            long begun = System.nanoTime();
                            int status = client.ask(key, body("auto", false, number));
                            nanos[(int) timed.getAndIncrement()] = System.nanoTime() - begun;
                            yield status == 200;
                        }
                    };
            if (!right) {
                wrong.increment();
            }
        } catch (IOException _) {
            wrong.increment();
            client.close();
        }
    }

    private static String body(String model, boolean stream, long number) {
        return "{\"model\":\"%s\",\"stream\":%s,\"messages\":[{\"role\":\"user\",\"content\":\"Is %d even?\"}]}"
                .formatted(model, stream, number);
    }
}
