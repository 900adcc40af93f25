package io.consort.experts.chat;

/**
 * One turn of a conversation, as text.
 *
 * @param role {@code system}, {@code developer}, {@code user}, {@code assistant} or {@code tool}
 * @param content the text parts joined by line breaks; empty where a turn has none
 */
public record Message(String role, String content) {}
