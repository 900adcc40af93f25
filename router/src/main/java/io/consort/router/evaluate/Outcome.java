package io.consort.router.evaluate;

import io.consort.experts.Category;
import io.consort.router.classify.Classification;
import io.consort.router.classify.Classification.Ranked;

/**
 * What became of one labelled question.
 *
 * @param first the category that ranks first, even where the router abstains; none where there is
 *     no category
 * @param abstained whether the router placed the question in no category
 * @param none the probability of no category
 * @param confidence the probability of the likeliest answer, be it a category or none
 * @param confident whether the likeliest answer is the right one
 */
public record Outcome(
        LabelledQuestion question,
        String first,
        boolean abstained,
        double none,
        double confidence,
        boolean confident) {

    /**
     * Compares a classification with the truth.
     *
     * @param abstainBelow the probability under which the policy counts a classification as none
     */
    public static Outcome of(
            LabelledQuestion question, Classification classification, double abstainBelow) {
        Ranked top = classification.top().orElse(new Ranked(Category.NONE, 0));
        boolean none = classification.none() > top.probability();
        String likeliest = none ? Category.NONE : top.category();
        return new Outcome(
                question,
                top.category(),
                classification.abstained() || top.probability() < abstainBelow,
                classification.none(),
                Math.max(classification.none(), top.probability()),
                likeliest.equals(question.category()));
    }

    /** Whether the question belongs to a category. */
    public boolean belongs() {
        return !question.category().equals(Category.NONE);
    }

    /** Where the router placed the question. */
    public String placed() {
        return abstained ? Category.NONE : first;
    }
}
