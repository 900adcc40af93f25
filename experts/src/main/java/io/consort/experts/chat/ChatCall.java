package io.consort.experts.chat;

import java.util.Optional;

/**
 * One call of an expert.
 *
 * @param id of the completion, for logs and for the upstream's logs
 * @param cancellation cancelled when the client goes away; the expert then stops working and frees
 *     what the call holds
 * @param witness told what happens before the answer begins
 * @param traceparent of the trace that the call belongs to, as W3C's Trace Context writes it
 */
public record ChatCall(
        String id,
        ChatRequest request,
        Cancellation cancellation,
        Witness witness,
        Optional<String> traceparent) {

    /** A call that nobody looks at. */
    public ChatCall(String id, ChatRequest request, Cancellation cancellation) {
        this(id, request, cancellation, Witness.NOBODY);
    }

    /** A call of no trace. */
    public ChatCall(String id, ChatRequest request, Cancellation cancellation, Witness witness) {
        this(id, request, cancellation, witness, Optional.empty());
    }

    /** The same for one attempt, which can be cancelled alone and which nobody looks at. */
    public ChatCall attempt(Cancellation own) {
        return new ChatCall(id, request, own, Witness.NOBODY, traceparent);
    }

    /** The same with another request under another id. */
    public ChatCall asking(String otherId, ChatRequest other) {
        return new ChatCall(otherId, other, cancellation, witness, traceparent);
    }
}
