package io.consort.service.chaos.cluster;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where clients ask: a proxy, or the nodes in turn. Without a proxy a client does what one would do:
 * where nobody listens, and where a node says that it takes no requests now, it asks the next.
 * Thread-safe.
 */
final class Front {

    private static final String NODE_HEADER = "x-consort-node";
    private static final int UNAVAILABLE = 503;

    private final HttpClient http;
    private final List<URI> addresses;
    private final AtomicInteger turn = new AtomicInteger();

    /**
     * A front.
     *
     * @param addresses of the proxy alone, or of all nodes
     */
    Front(HttpClient http, List<URI> addresses) {
        this.http = http;
        this.addresses = List.copyOf(addresses);
    }

    /**
     * An answer.
     *
     * @param node who gave it, from 0; -1 when the proxy did
     */
    record Reply<T>(int node, HttpResponse<T> http) {}

    <T> Reply<T> ask(String key, String model, boolean stream, BodyHandler<T> handler)
            throws IOException, InterruptedException {
        int first = turn.getAndIncrement();
        for (int tries = 1; ; tries++) {
            int node = Math.floorMod(first + tries, addresses.size());
            try {
                HttpResponse<T> response =
                        http.send(Calls.chat(addresses.get(node), key, model, stream), handler);
                if (response.statusCode() != UNAVAILABLE || tries >= addresses.size()) {
                    return new Reply<>(isProxied() ? named(response) : node, response);
                }
            } catch (ConnectException nobody) {
                if (tries >= addresses.size()) {
                    throw nobody;
                }
            }
        }
    }

    private boolean isProxied() {
        return addresses.size() == 1;
    }

    /** The proxy calls nodes {@code node1} and so on. */
    private static int named(HttpResponse<?> response) {
        String name = response.headers().firstValue(NODE_HEADER).orElse("");
        return name.startsWith("node") ? Integer.parseInt(name.substring("node".length())) - 1 : -1;
    }
}
