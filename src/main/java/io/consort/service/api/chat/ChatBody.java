package io.consort.service.api.chat;

import io.consort.experts.chat.ChatRequest;

/**
 * A chat request as it came in.
 *
 * @param model what the client asked for: {@code auto}, a policy or an expert
 * @param request the rest
 */
public record ChatBody(String model, ChatRequest request) {}
