package io.consort.router.classify;

/**
 * Where an example came from that nobody labelled.
 *
 * @param text of the prompt
 * @param category that a classifier was sure of
 * @param probability that it gave the category
 * @param teacher the hash of what that classifier was trained on
 */
public record Grown(String text, String category, double probability, String teacher) {}
