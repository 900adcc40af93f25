package io.consort.router.classify;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Fits heads: multinomial logistic regression over facets by stochastic gradients, with a step of
 * its own for every weight (Duchi et al., Adaptive Subgradient Methods, 2011) that shrinks to
 * nothing over the passes. Deterministic.
 */
final class HeadTrainer {

    private static final int FEWEST_PASSES = 6;
    private static final int MOST_PASSES = 60;
    private static final int STEPS = 1_000;
    private static final float STEP = 0.1f;
    private static final float PENALTY = 0.1f;
    private static final int BATCH = 32;

    /** An example that is this right has nothing more to teach in this pass. */
    private static final float LEARNED = 0.005f;

    /** A residual that moves nothing worth the time. */
    private static final float NEGLIGIBLE = 1e-3f;

    private final List<Features> examples;
    private final int[] facets;
    private final int width;
    private final float[][] weights;
    private final float[][] squares;
    private final float[] bias;
    private final float[] biasSquares;
    private final float[] gradient;
    private final float[] rivals;

    private HeadTrainer(List<Features> examples, int[] facets, int count, float[] rivals) {
        this.examples = examples;
        this.facets = facets;
        this.rivals = rivals;
        width = examples.getFirst().dense().length;
        weights = new float[width + Words.WIDTH][count];
        squares = new float[width + Words.WIDTH][count];
        gradient = new float[count];
        bias = new float[count];
        biasSquares = new float[count];
    }

    /**
     * A head that tells the examples apart.
     *
     * @param examples at least one
     * @param assigned the facet of every example
     */
    static Head fit(List<Features> examples, Facets assigned) {
        float[] rivals = new float[examples.size()];
        Arrays.fill(rivals, Float.NEGATIVE_INFINITY);
        HeadTrainer trainer =
                new HeadTrainer(examples, assigned.ofExamples(), assigned.owners().length, rivals);
        trainer.train();
        return new Head(trainer.weights, trainer.bias, assigned.owners(), assigned.labels())
                .rounded();
    }

    /**
     * Facets beside others that stay as they are.
     *
     * @param facets the facet of every example; {@code count} where it belongs to one of the others
     * @param count how many facets are fitted
     * @param rivals the log-sum-exp of the other facets' scores, for every example
     * @return a head whose only label is 0
     */
    static Head fitBeside(List<Features> examples, int[] facets, int count, float[] rivals) {
        HeadTrainer trainer = new HeadTrainer(examples, facets, count, rivals);
        trainer.train();
        return new Head(trainer.weights, trainer.bias, new int[count], 1).rounded();
    }

    private void train() {
        int[] order = new int[examples.size()];
        Arrays.setAll(order, i -> i);
        Random random = new Random(1);
        int batches = (order.length + BATCH - 1) / BATCH;
        int passes = Math.clamp(STEPS / batches, FEWEST_PASSES, MOST_PASSES);
        for (int pass = 0; pass < passes; pass++) {
            shuffle(order, random);
            float step = STEP * (1 - pass / (float) passes);
            for (int begin = 0; begin < order.length; begin += BATCH) {
                descend(order, begin, Math.min(order.length, begin + BATCH), step);
            }
        }
    }

    private static void shuffle(int[] order, Random random) {
        for (int i = order.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int kept = order[i];
            order[i] = order[other];
            order[other] = kept;
        }
    }

    /** One step down the slope of some examples. */
    private void descend(int[] order, int begin, int end, float step) {
        float pull = PENALTY * (end - begin) / order.length;
        float[][] residuals = new float[end - begin][];
        Features[] teaching = new Features[end - begin];
        int count = 0;
        Arrays.fill(gradient, 0);
        for (int i = begin; i < end; i++) {
            float[] residual = residual(order[i]);
            Sums.add(gradient, 1, residual);
            if (!isLearned(order[i], residual)) {
                residuals[count] = residual;
                teaching[count] = examples.get(order[i]);
                count++;
            }
        }
        Sums.descend(bias, biasSquares, gradient, 1, step, 0, 0, bias.length);
        for (int j = 0; j < width; j++) {
            slope(teaching, residuals, count, j);
            Sums.descend(weights[j], squares[j], gradient, 1, step, pull, 0, gradient.length);
        }
        for (int i = 0; i < count; i++) {
            descend(teaching[i].words(), residuals[i], step, pull);
        }
    }

    private boolean isLearned(int example, float[] residual) {
        return facets[example] < residual.length && residual[facets[example]] > -LEARNED;
    }

    /** The gradient of the weights of one number of the embedding. */
    private void slope(Features[] teaching, float[][] residuals, int count, int number) {
        Arrays.fill(gradient, 0);
        int i = 0;
        for (; i + 3 < count; i += 4) {
            Sums.addFour(
                    gradient,
                    teaching[i].dense()[number],
                    teaching[i + 1].dense()[number],
                    teaching[i + 2].dense()[number],
                    teaching[i + 3].dense()[number],
                    residuals[i],
                    residuals[i + 1],
                    residuals[i + 2],
                    residuals[i + 3]);
        }
        for (; i < count; i++) {
            Sums.add(gradient, teaching[i].dense()[number], residuals[i]);
        }
    }

    /** Only facets from the first to the last that the example has something to teach move. */
    private void descend(Words words, float[] residual, float step, float pull) {
        int from = 0;
        int to = residual.length;
        while (from < to && Math.abs(residual[from]) < NEGLIGIBLE) {
            from++;
        }
        while (to > from && Math.abs(residual[to - 1]) < NEGLIGIBLE) {
            to--;
        }
        for (int j = 0; j < words.places().length; j++) {
            int row = width + words.places()[j];
            float factor = words.values()[j];
            Sums.descend(weights[row], squares[row], residual, factor, step, pull, from, to);
        }
    }

    /** The probability of every facet, less one for the example's own. */
    private float[] residual(int example) {
        float[] residual = Head.scores(weights, bias, examples.get(example));
        float largest = rivals[example];
        for (float score : residual) {
            largest = Math.max(largest, score);
        }
        float sum = (float) Math.exp(rivals[example] - largest);
        for (int i = 0; i < residual.length; i++) {
            residual[i] = (float) Math.exp(residual[i] - largest);
            sum += residual[i];
        }
        for (int i = 0; i < residual.length; i++) {
            residual[i] /= sum;
        }
        if (facets[example] < residual.length) {
            residual[facets[example]] -= 1;
        }
        return residual;
    }
}
