package io.consort.service.bench.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Clients that ask as fast as they are answered, each over its own connection.
 *
 * @param port of the server on the loopback interface
 * @param connections clients at once
 * @param requests what they ask
 */
public record Load(int port, int connections, Requests requests) {

    private static final long PATIENCE_NANOS = Duration.ofSeconds(20).toNanos();

    /** Asks for so long, and waits for the answers that are still due then. */
    public Figures run(EventLoop loop, Duration duration) {
        Figures figures = new Figures();
        long start = System.nanoTime();
        long end = start + duration.toNanos();
        List<Client> clients = connect(loop, figures, end);
        figures.began(start);
        clients.forEach(Client::ask);
        finish(loop, figures, clients, end);
        return figures;
    }

    /** Every client asks once; they begin evenly spread over a time. */
    public Figures runOnce(EventLoop loop, Duration spread) {
        Figures figures = new Figures();
        long start = System.nanoTime();
        List<Client> clients = connect(loop, figures, start);
        figures.began(start);
        for (int index = 0; index < connections; index++) {
            loop.at(start + spread.toNanos() * index / connections, clients.get(index)::ask);
        }
        finish(loop, figures, clients, start);
        return figures;
    }

    private List<Client> connect(EventLoop loop, Figures figures, long end) {
        byte[] bytes = new byte[64 * 1024];
        List<Client> clients = new ArrayList<>(connections);
        for (int index = 0; index < connections; index++) {
            clients.add(Client.connect(loop, port, bytes, requests, figures, end));
        }
        return clients;
    }

    private static void finish(EventLoop loop, Figures figures, List<Client> clients, long end) {
        Countdown busy = new Countdown(clients);
        loop.runUntil(() -> busy.isOver() || System.nanoTime() - end > PATIENCE_NANOS);
        figures.ended(System.nanoTime());
        clients.forEach(Client::close);
    }

    /** Looks at the first client that is not done, so that asking is cheap. */
    private static final class Countdown {
        private final List<Client> clients;
        private int done;

        Countdown(List<Client> clients) {
            this.clients = clients;
        }

        boolean isOver() {
            while (done < clients.size() && clients.get(done).isDone()) {
                done++;
            }
            return done == clients.size();
        }
    }
}
