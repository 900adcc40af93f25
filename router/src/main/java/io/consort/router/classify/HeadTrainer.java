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
    private static final float SMALL = 1e-6f;

    /** An example that is this right has nothing more to teach in this pass. */
    private static final float LEARNED = 0.005f;

    private final List<Features> examples;
    private final int[] facets;
    private final int width;
    private final float[][] weights;
    private final float[][] squares;
    private final float[] bias;
    private final float[] biasSquares;
    private final float[][] gradients;
    private final float[] gradient;

    private final float[] rivals;

    private HeadTrainer(List<Features> examples, int[] facets, int count, float[] rivals) {
        this.examples = examples;
        this.facets = facets;
        this.rivals = rivals;
        width = examples.getFirst().dense().length;
        weights = new float[width + Words.WIDTH][count];
        squares = new float[width + Words.WIDTH][count];
        gradients = new float[width][count];
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
        Arrays.fill(gradient, 0);
        for (int i = begin; i < end; i++) {
            residuals[i - begin] = residual(order[i]);
            add(gradient, 1, residuals[i - begin]);
        }
        move(bias, biasSquares, gradient, step, 0);
        for (int j = 0; j < width; j++) {
            Arrays.fill(gradients[j], 0);
        }
        for (int i = begin; i < end; i++) {
            float[] dense = examples.get(order[i]).dense();
            float[] residual = residuals[i - begin];
            if (isLearned(order[i], residual)) {
                continue;
            }
            for (int j = 0; j < width; j++) {
                add(gradients[j], dense[j], residual);
            }
        }
        for (int j = 0; j < width; j++) {
            move(weights[j], squares[j], gradients[j], step, pull);
        }
        for (int i = begin; i < end; i++) {
            if (!isLearned(order[i], residuals[i - begin])) {
                descend(examples.get(order[i]).words(), residuals[i - begin], step, pull);
            }
        }
    }

    private boolean isLearned(int example, float[] residual) {
        return facets[example] < residual.length && residual[facets[example]] > -LEARNED;
    }

    private void descend(Words words, float[] residual, float step, float pull) {
        for (int j = 0; j < words.places().length; j++) {
            int row = width + words.places()[j];
            Arrays.fill(gradient, 0);
            add(gradient, words.values()[j], residual);
            move(weights[row], squares[row], gradient, step, pull);
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

    private static void move(
            float[] weights, float[] squares, float[] gradient, float step, float pull) {
        for (int i = 0; i < weights.length; i++) {
            float slope = gradient[i] + pull * weights[i];
            squares[i] += slope * slope;
            weights[i] -= step * slope / ((float) Math.sqrt(squares[i]) + SMALL);
        }
    }

    private static void add(float[] sum, float factor, float[] vector) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += factor * vector[i];
        }
    }
}
