package io.consort.router.evaluate;

import io.consort.router.Router;
import java.util.ArrayList;
import java.util.List;

/** Asks a router about questions whose category is known. */
public final class Evaluation {

    private Evaluation() {}

    /**
     * What the router makes of the questions. Blocks until all are classified.
     *
     * @param abstainBelow the probability under which the policy counts a classification as none
     */
    public static Report of(Router router, List<LabelledQuestion> questions, double abstainBelow) {
        List<Outcome> outcomes = new ArrayList<>(questions.size());
        for (LabelledQuestion question : questions) {
            outcomes.add(
                    Outcome.of(
                            question,
                            router.classify(question.text()).toCompletableFuture().join(),
                            abstainBelow));
        }
        return Report.of(outcomes);
    }
}
