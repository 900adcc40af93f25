package io.consort.router.evaluate;

/**
 * A question whose category is known.
 *
 * @param category a category's id, or {@link io.consort.experts.Category#NONE}
 */
public record LabelledQuestion(String text, String category) {}
