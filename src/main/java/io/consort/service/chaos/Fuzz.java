package io.consort.service.chaos;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;

/** Malformed requests against a service of its own or against one that runs on this machine. */
public final class Fuzz {

    private Fuzz() {}

    /**
     * What is asked for.
     *
     * @param requests how many are sent
     * @param seed fixes which
     * @param running the port of this machine and a key of a service that runs; otherwise one is
     *     started
     * @param home where the script {@code consort} is
     */
    public record Order(long requests, long seed, Optional<Running> running, Path home) {}

    /** A service that runs on this machine. */
    public record Running(int port, String key) {}

    /**
     * Sends them and prints what came of it; whether the service stood it.
     *
     * @throws IOException when there is no service to send them to
     */
    public static boolean run(Order order, boolean json, PrintStream out, PrintStream err)
            throws IOException, InterruptedException {
        FuzzReport report =
                order.running().isPresent()
                        ? against(order, order.running().get(), err)
                        : againstFresh(order, err);
        out.print(json ? report.json() + "\n" : report.text());
        return report.isClean();
    }

    private static FuzzReport againstFresh(Order order, PrintStream err)
            throws IOException, InterruptedException {
        err.println("consort: starting a service");
        try (OwnService service = OwnService.start(order.home())) {
            return against(order, new Running(service.address().getPort(), service.key()), err);
        }
    }

    private static FuzzReport against(Order order, Running running, PrintStream err)
            throws IOException, InterruptedException {
        FuzzRequests requests = new FuzzRequests(running.key(), order.seed());
        return FuzzRun.against(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), running.port()),
                requests,
                order.requests(),
                sent -> err.printf("consort: %d of %d sent%n", sent, order.requests()));
    }
}
