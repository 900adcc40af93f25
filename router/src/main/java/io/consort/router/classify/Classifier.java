package io.consort.router.classify;

import io.consort.router.classify.Classification.Doubt;
import io.consort.router.classify.Classification.Ranked;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Tells the category of a query from its embedding and its words. Immutable and thread-safe.
 *
 * <p>A linear head over meaning and words ranks the categories; whether the query belongs to any of them is decided from
 * the head's odds, its entropy and the distance to the examples together.
 */
public final class Classifier {

    private final List<String> categories;
    private final LinearModel head;
    private final double temperature;
    private final Acceptance acceptance;
    private final Rows members;
    private final Rows others;

    /**
     * @param head scores the categories in order, and then none where it knows examples of it
     * @param members embeddings of the categories' examples, at least one
     * @param others embeddings of examples of no category
     */
    Classifier(
            List<String> categories,
            LinearModel head,
            double temperature,
            Acceptance acceptance,
            Rows members,
            Rows others) {
        this.categories = List.copyOf(categories);
        this.head = head;
        this.temperature = temperature;
        this.acceptance = acceptance;
        this.members = members;
        this.others = others;
    }

    /**
     * What the classifier makes of a query. Pure computation; its cost grows with the number of
     * examples.
     *
     * @param embedding of the text, of the embedder that made the training examples' embeddings; not
     *     kept
     */
    public Classification classify(String text, float[] embedding) {
        return classify(WordSignal.beside(embedding, text));
    }

    /**
     * The same for features as the head was trained on.
     *
     * @param features begin with the embedding
     */
    Classification classify(float[] features) {
        double[] logits = head.logits(features);
        Evidence evidence = Evidence.of(logits, categories.size(), features, members, others);
        double accepted = acceptance.probability(evidence);
        double[] shares = Softmax.probabilities(logits, categories.size(), temperature);
        double[] all = new double[shares.length + 1];
        List<Ranked> ranking = new ArrayList<>(shares.length);
        for (int i = 0; i < shares.length; i++) {
            all[i] = accepted * shares[i];
            ranking.add(new Ranked(categories.get(i), all[i]));
        }
        all[shares.length] = 1 - accepted;
        ranking.sort(Comparator.comparingDouble(Ranked::probability).reversed());
        return new Classification(
                ranking,
                1 - accepted,
                Softmax.entropy(all),
                1 - evidence.nearest(),
                doubts(accepted, evidence));
    }

    List<String> categories() {
        return categories;
    }

    LinearModel head() {
        return head;
    }

    double temperature() {
        return temperature;
    }

    Acceptance acceptance() {
        return acceptance;
    }

    Rows members() {
        return members;
    }

    Rows others() {
        return others;
    }

    private Set<Doubt> doubts(double accepted, Evidence evidence) {
        Set<Doubt> doubts = EnumSet.noneOf(Doubt.class);
        if (accepted < acceptance.threshold()) {
            doubts.add(Doubt.BELONGS_TO_NONE);
        }
        if (evidence.entropy() > acceptance.entropyLimit()) {
            doubts.add(Doubt.UNDECIDED);
        }
        if (evidence.near() < acceptance.similarityLimit()) {
            doubts.add(Doubt.UNLIKE_EXAMPLES);
        }
        return doubts;
    }
}
