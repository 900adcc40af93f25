package io.consort.service.chaos.cluster;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Changes of keys and catalogs, asked for at the first node. */
final class Administration {

    private static final long PATIENCE_SECONDS = 30;

    private final Nodes nodes;
    private final Calls calls;
    private final String root;
    private final int expert;
    private final Map<String, String> limited = new HashMap<>();

    /**
     * An administration.
     *
     * @param expert the port of the expert that new ones stand for
     */
    Administration(Nodes nodes, Calls calls, String root, int expert) {
        this.nodes = nodes;
        this.calls = calls;
        this.root = root;
        this.expert = expert;
    }

    /** Makes a key; blocks until every node knows it. */
    String makeKey(String name, String limits) throws IOException, InterruptedException {
        String key =
                calls.administer(
                                nodes.address(0),
                                root,
                                "POST",
                                "/admin/v1/keys",
                                "{\"name\":\"%s\",\"limits\":%s}".formatted(name, limits))
                        .path("key")
                        .asText();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        for (var node : nodes.addresses()) {
            while (!calls.knows(node, key)) {
                if (System.nanoTime() > deadline) {
                    throw new IOException("%s does not know a new key".formatted(node));
                }
            }
        }
        return key;
    }

    /** Makes keys with a limit of requests per minute. */
    void makeLimitedKeys(List<String> names, int limit) throws IOException, InterruptedException {
        for (String name : names) {
            limited.put(name, makeKey(name, "{\"requests_per_minute\":%d}".formatted(limit)));
        }
    }

    /** One of them. */
    String limitedKey(String name) {
        String key = limited.get(name);
        if (key == null) {
            throw new IllegalArgumentException(name);
        }
        return key;
    }

    /** Adds an expert, and says after what time every node has it. */
    Duration addExpert(String id) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        return everywhere(begun, putExpert(id));
    }

    /** Adds a category that routers have to learn, and says after what time every node has it. */
    Duration addCategory(String id) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        return everywhere(
                begun,
                put(
                        "/admin/v1/categories/" + id,
                        "{\"description\":\"Questions about %1$s.\",\"examples\":[\"When do I plant tulips?\",\"Why do my tomatoes crack?\",\"How do I prune a rose?\",\"What grows in the shade?\"]}"
                                .formatted(id)));
    }

    /** Adds an expert, and says in which revision of the catalog. */
    long putExpert(String id) throws IOException, InterruptedException {
        return put(
                "/admin/v1/experts/" + id,
                "{\"openai\":{\"base-url\":\"http://127.0.0.1:%d/v1\",\"model\":\"plain\"}}"
                        .formatted(expert));
    }

    private long put(String path, String body) throws IOException, InterruptedException {
        return calls.administer(nodes.address(0), root, "PUT", path, body)
                .path("revision")
                .asLong();
    }

    private Duration everywhere(long begun, long revision)
            throws IOException, InterruptedException {
        nodes.awaitAll("has the new catalog", health -> health.revision() >= revision);
        return Duration.ofNanos(System.nanoTime() - begun);
    }
}
