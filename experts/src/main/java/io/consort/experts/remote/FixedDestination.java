package io.consort.experts.remote;

import io.vertx.core.http.RequestOptions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A server whose name the HTTP client looks up. */
record FixedDestination(RequestOptions known) implements Destination {

    @Override
    public CompletionStage<RequestOptions> find() {
        return CompletableFuture.completedFuture(known);
    }
}
