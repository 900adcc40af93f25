package io.consort.experts.remote;

import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A server whose addresses are checked before it is connected to. Connections go to an address that
 * was checked and not to the name, so that a name which is given another address in between leads
 * nowhere else. Names are looked up anew from time to time. Thread-safe.
 */
final class CheckedDestination implements Destination {

    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final RequestOptions options;
    private final Lookup lookup;
    private final LongSupplier nanoTime;
    private volatile @Nullable Found found;
    private @Nullable CompletableFuture<RequestOptions> searching;

    private record Found(InetAddress address, RequestOptions options, long since) {}

    /**
     * @param options with the server's host and port
     * @param nanoTime a clock that only grows
     */
    CheckedDestination(RequestOptions options, Lookup lookup, LongSupplier nanoTime) {
        this.options = options;
        this.lookup = lookup;
        this.nanoTime = nanoTime;
    }

    @Override
    public @Nullable RequestOptions known() {
        Found last = found;
        return last != null && nanoTime.getAsLong() - last.since() < FRESH_NANOS
                ? last.options()
                : null;
    }

    @Override
    public synchronized CompletionStage<RequestOptions> find() {
        CompletableFuture<RequestOptions> running = searching;
        if (running != null) {
            return running;
        }
        CompletableFuture<RequestOptions> begun = new CompletableFuture<>();
        searching = begun;
        Thread.ofVirtual().name("lookup").start(() -> search(begun));
        return begun;
    }

    private void search(CompletableFuture<RequestOptions> result) {
        try {
            Found next = next(lookup.addresses(options.getHost()));
            found = next;
            over();
            result.complete(next.options());
        } catch (IOException | RuntimeException failure) {
            found = null;
            over();
            result.completeExceptionally(failure);
        }
    }

    private synchronized void over() {
        searching = null;
    }

    /** Connections that are open stay useful as long as their address is one of the server's. */
    private Found next(List<InetAddress> addresses) {
        Found last = found;
        long now = nanoTime.getAsLong();
        if (last != null && addresses.contains(last.address())) {
            return new Found(last.address(), last.options(), now);
        }
        InetAddress chosen = addresses.getFirst();
        SocketAddress server =
                SocketAddress.inetSocketAddress(new InetSocketAddress(chosen, options.getPort()));
        return new Found(chosen, new RequestOptions(options).setServer(server), now);
    }
}
