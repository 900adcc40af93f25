package io.consort.experts.chat;

/**
 * One call of an expert.
 *
 * @param id of the completion, for logs and for the upstream's logs
 * @param cancellation cancelled when the client goes away; the expert then stops working and frees
 *     what the call holds
 * @param witness told what happens before the answer begins
 */
public record ChatCall(String id, ChatRequest request, Cancellation cancellation, Witness witness) {

    /** A call that nobody looks at. */
    public ChatCall(String id, ChatRequest request, Cancellation cancellation) {
        this(id, request, cancellation, Witness.NOBODY);
    }
}
