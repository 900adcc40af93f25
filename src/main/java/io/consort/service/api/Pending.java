package io.consort.service.api;

import io.vertx.core.Context;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Waits for what other threads work out, without blocking the request's event loop. */
public final class Pending {

    private Pending() {}

    /** Hands the result to the handler on the event loop; a failure becomes an error reply. */
    public static <T> void await(Call call, CompletionStage<T> stage, Consumer<? super T> handler) {
        Context context = call.http().vertx().getOrCreateContext();
        var _ =
                stage.whenComplete((result, failure) ->
                        context.runOnContext(_ -> {
                            try {
                                if (failure != null) {
                                    Replies.fail(call.http(), failure);
                                } else {
                                    handler.accept(result);
                                }
                            } catch (RuntimeException defect) {
                                Replies.fail(call.http(), defect);
                            }
                        }));
    }
}
