package io.consort.experts.remote;

import io.vertx.core.http.RequestOptions;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Where an expert's requests go. Thread-safe. */
interface Destination {

    /** The options of a request, if they are known now; otherwise {@link #find} brings them. */
    @Nullable RequestOptions known();

    /** The options of a request; fails when there is no address, or when it is closed. */
    CompletionStage<RequestOptions> find();
}
