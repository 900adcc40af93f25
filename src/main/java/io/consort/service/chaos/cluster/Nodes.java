package io.consort.service.chaos.cluster;

import io.consort.service.FreePort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Three services in processes of their own that share a database and are one cluster. */
final class Nodes implements AutoCloseable {

    static final int COUNT = 3;

    /** Some looks of the proxy long. */
    private static final String NOTICE = "5s";

    private static final int SECRET_BYTES = 32;
    private static final long PATIENCE_SECONDS = 90;
    private static final long LOOK_MILLIS = 5;

    private final Calls calls;
    private final List<NodeProcess.Plan> plans = new ArrayList<>();
    private final List<NodeProcess> processes = new ArrayList<>();

    private Nodes(Calls calls) {
        this.calls = calls;
    }

    /** Starts them; blocks until all answer and see each other. */
    static Nodes start(
            Path home, Path folder, DatabaseAccess database, Wires wires, Calls calls, int expert)
            throws IOException, InterruptedException {
        Nodes nodes = new Nodes(calls);
        Map<String, String> common = environment(database);
        for (int node = 0; node < COUNT; node++) {
            Map<String, String> environment = new HashMap<>(common);
            environment.put(
                    "CONSORT_DATABASE_URL",
                    database.url(
                            InetSocketAddress.createUnresolved("127.0.0.1", wires.database(node))));
            nodes.plans.add(
                    new NodeProcess.Plan(
                            home,
                            folder.resolve("node" + (node + 1)),
                            FreePort.onLoopback(),
                            catalog(expert),
                            wires.options(node),
                            environment));
        }
        try {
            // The first makes the tables and the first key.
            for (NodeProcess.Plan plan : nodes.plans) {
                NodeProcess process = NodeProcess.begin(plan);
                nodes.processes.add(process);
                if (nodes.processes.size() == 1) {
                    process.awaitReady(calls);
                }
            }
            for (NodeProcess process : nodes.processes) {
                process.awaitReady(calls);
            }
            nodes.awaitAll("sees two others", health -> health.nodes() == COUNT);
        } catch (IOException | InterruptedException | RuntimeException failure) {
            nodes.close();
            throw failure;
        }
        return nodes;
    }

    List<URI> addresses() {
        return plans.stream().map(NodeProcess.Plan::address).toList();
    }

    URI address(int node) {
        return plans.get(node).address();
    }

    /** The first key, of the role {@code root}. */
    String key() throws IOException {
        return processes.getFirst().key();
    }

    /** Ends a node as {@code kill -9} does. */
    void kill(int node) {
        processes.get(node).kill();
    }

    /** Asks a node to end and waits until it has; whether it did so in time. */
    boolean terminate(int node) throws InterruptedException {
        return processes.get(node).terminate();
    }

    /** Starts a node anew on its folder; blocks until all see each other. */
    void restart(int node) throws IOException, InterruptedException {
        processes.set(node, NodeProcess.begin(plans.get(node)));
        processes.get(node).awaitReady(calls);
        awaitAll("sees two others", health -> health.nodes() == COUNT);
    }

    Calls.Health health(int node) throws IOException, InterruptedException {
        return calls.health(address(node));
    }

    /** Waits until every node says so of itself. */
    void awaitAll(String what, Predicate<Calls.Health> expected)
            throws IOException, InterruptedException {
        for (int node = 0; node < COUNT; node++) {
            await(node, what, expected);
        }
    }

    /**
     * Waits until a node says so of itself.
     *
     * @throws IOException when it does not in time
     */
    void await(int node, String what, Predicate<Calls.Health> expected)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        Calls.Health health = health(node);
        while (!expected.test(health)) {
            if (System.nanoTime() > deadline) {
                throw new IOException(
                        "Node %d does not say within %d s that it %s: %s"
                                .formatted(node + 1, PATIENCE_SECONDS, what, health));
            }
            Thread.sleep(LOOK_MILLIS);
            health = health(node);
        }
    }

    @Override
    public void close() {
        processes.forEach(NodeProcess::kill);
    }

    private static Map<String, String> environment(DatabaseAccess database) {
        Map<String, String> common = new HashMap<>();
        common.put("CONSORT_REQUEST_LOG_FORMAT", "off");
        common.put("CONSORT_SHUTDOWN_NOTICE", NOTICE);
        SecureRandom random = new SecureRandom();
        for (String name : List.of("CONSORT_PEPPER", "CONSORT_SECRETS_KEY")) {
            byte[] secret = new byte[SECRET_BYTES];
            random.nextBytes(secret);
            common.put(name, Base64.getEncoder().encodeToString(secret));
        }
        database.user().ifPresent(user -> common.put("CONSORT_DATABASE_USER", user));
        database.password().ifPresent(word -> common.put("CONSORT_DATABASE_PASSWORD", word));
        return common;
    }

    private static String catalog(int expert) {
        return """
        version: 1
        experts:
          - id: plain
            openai: { base-url: "http://127.0.0.1:%1$d/v1", model: plain }
            price: { input: 1.0, output: 2.0 }
            guard: { concurrency: 1024 }
          - id: long
            openai: { base-url: "http://127.0.0.1:%1$d/v1", model: long }
            guard: { concurrency: 1024 }
        categories:
          - id: weather
            description: Questions about the weather.
            examples: ["Will it rain today?", "How cold is it in Oslo?", "Is a storm coming?", "When does the sun set?"]
          - id: cooking
            description: Questions about cooking.
            examples: ["How long do eggs boil?", "What goes into a soup?", "How do I bake bread?", "Which oil is for frying?"]
        map: { weather: [plain], cooking: [long] }
        policies:
          - id: default
            pinned: { expert: plain }
          - id: sorted
            mapped: { fallback: plain }
        """
                .formatted(expert);
    }
}
