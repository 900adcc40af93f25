package io.consort.service.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;

/** Sends malformed requests to a service, each over a connection of its own, and gathers what comes. */
final class FuzzRun {

    private static final int SENDERS = 32;
    private static final int FIRST_PATIENCE_MILLIS = 300;
    private static final int PATIENCE_MILLIS = 10_000;
    private static final int EXAMPLES = 10;
    private static final int SHOWN = 160;
    private static final int LONGEST_ANSWER = 256 * 1024;

    private final InetSocketAddress service;
    private final FuzzRequests requests;
    private final long count;
    private final LongConsumer progress;
    private final AtomicLong taken = new AtomicLong();
    private final Map<Integer, LongAdder> statuses = new ConcurrentHashMap<>();
    private final LongAdder closed = new LongAdder();
    private final LongAdder silent = new LongAdder();
    private final ConcurrentLinkedQueue<String> broken = new ConcurrentLinkedQueue<>();

    private FuzzRun(
            InetSocketAddress service, FuzzRequests requests, long count, LongConsumer progress) {
        this.service = service;
        this.requests = requests;
        this.count = count;
        this.progress = progress;
    }

    /**
     * Sends so many requests and waits for what comes of them; blocks.
     *
     * @param progress told now and then how many were sent
     * @throws IOException when the service cannot be connected to
     */
    static FuzzReport against(
            InetSocketAddress service, FuzzRequests requests, long count, LongConsumer progress)
            throws IOException, InterruptedException {
        FuzzRun run = new FuzzRun(service, requests, count, progress);
        new Socket(service.getAddress(), service.getPort()).close();
        OptionalInt before = OpenConnections.of(service.getPort());
        CountDownLatch ended = new CountDownLatch(SENDERS);
        for (int sender = 0; sender < SENDERS; sender++) {
            Thread.ofVirtual()
                    .start(() -> {
                        try {
                            run.send();
                        } finally {
                            ended.countDown();
                        }
                    });
        }
        ended.await();
        return run.report(leftOpen(service.getPort(), before));
    }

    private FuzzReport report(OptionalInt leftOpen) {
        Map<Integer, Long> counts = new ConcurrentHashMap<>();
        statuses.forEach((status, adder) -> counts.put(status, adder.sum()));
        return new FuzzReport(
                count, counts, closed.sum(), silent.sum(), List.copyOf(broken), leftOpen);
    }

    private void send() {
        while (true) {
            FuzzRequest request;
            long number;
            synchronized (requests) {
                number = taken.getAndIncrement();
                if (number >= count) {
                    return;
                }
                request = requests.next();
            }
            if (number % 5_000 == 0) {
                progress.accept(number);
            }
            send(request, number);
        }
    }

    private void send(FuzzRequest request, long number) {
        try (Socket socket = new Socket()) {
            socket.connect(service, PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
            // Most clients that send such things do not take leave either.
            socket.setSoLinger(number % 4 != 0, 0);
            socket.getOutputStream().write(request.bytes());
            socket.getOutputStream().flush();
            note(request, answer(socket, request.whole()));
        } catch (SocketTimeoutException timeout) {
            silent.increment();
            example("silence", request);
        } catch (IOException reset) {
            closed.increment();
        }
    }

    /** What the service says until it closes or has answered; empty when it closed. */
    private static String answer(Socket socket, boolean whole) throws IOException {
        InputStream in = socket.getInputStream();
        byte[] bytes = new byte[LONGEST_ANSWER];
        int read;
        try {
            socket.setSoTimeout(whole ? PATIENCE_MILLIS : FIRST_PATIENCE_MILLIS);
            read = in.read(bytes);
        } catch (SocketTimeoutException waiting) {
            socket.shutdownOutput();
            socket.setSoTimeout(PATIENCE_MILLIS);
            read = in.read(bytes);
        }
        return read < 0 ? "" : new String(bytes, 0, read, StandardCharsets.ISO_8859_1);
    }

    private void note(FuzzRequest request, String answer) {
        if (answer.isEmpty()) {
            closed.increment();
            return;
        }
        int status = status(answer);
        statuses.computeIfAbsent(status, _ -> new LongAdder()).increment();
        if (status >= 500) {
            example(Integer.toString(status), request);
        }
    }

    /** The worst status of what may be several answers; 599 for what is none. */
    static int status(String answers) {
        // The first answer repeats what the request called its protocol.
        int worst = digits(answers, answers.indexOf(' ') + 1);
        for (int at = answers.indexOf("HTTP/"); at >= 0; at = answers.indexOf("HTTP/", at + 5)) {
            worst = Math.max(worst, digits(answers, at + 9));
        }
        return worst == 0 ? 599 : worst;
    }

    /** The status at a place; 0 where there is none. */
    private static int digits(String answers, int from) {
        if (from + 3 > answers.length()) {
            return 0;
        }
        String digits = answers.substring(from, from + 3);
        return digits.chars().allMatch(Character::isDigit) ? Integer.parseInt(digits) : 0;
    }

    private void example(String what, FuzzRequest request) {
        if (broken.size() < EXAMPLES) {
            String text = new String(request.bytes(), StandardCharsets.ISO_8859_1);
            String shown = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
            broken.add(
                    "%s for %s: %s"
                            .formatted(
                                    what,
                                    request.kind(),
                                    shown.replaceAll("Bearer ck-[\\w-]+", "Bearer ***")
                                            .replace("\r", "\\r")
                                            .replace("\n", "\\n")
                                            .replaceAll("[^ -~]", "?")));
        }
    }

    /** Connections that stay open although nobody is at their other end any more. */
    private static OptionalInt leftOpen(int port, OptionalInt before) throws InterruptedException {
        OptionalInt open = OpenConnections.of(port);
        for (int wait = 0; wait < 100 && open.orElse(0) > before.orElse(0); wait++) {
            Thread.sleep(100);
            open = OpenConnections.of(port);
        }
        return open.isEmpty()
                ? open
                : OptionalInt.of(Math.max(0, open.getAsInt() - before.orElse(0)));
    }
}
