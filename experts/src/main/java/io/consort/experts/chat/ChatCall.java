package io.consort.experts.chat;

/**
 * One call of an expert.
 *
 * @param id of the completion, for logs and for the upstream's logs
 * @param cancellation cancelled when the client goes away; the expert then stops working and frees
 *     what the call holds
 */
public record ChatCall(String id, ChatRequest request, Cancellation cancellation) {}
