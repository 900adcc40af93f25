package io.consort.runtime.engine;

import io.consort.runtime.engine.TokenChoice.Alternative;
import io.consort.runtime.engine.TokenChoice.Likelihood;
import io.consort.runtime.model.Logits;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Log-probabilities from raw logits. */
final class Likelihoods {

    private Likelihoods() {}

    /** Those of a chosen token and of the most probable ones. */
    static Likelihood of(Logits logits, int row, int chosen, int alternatives) {
        double normalizer = logSumExp(logits, row);
        int offset = logits.offset(row);
        List<Alternative> best =
                IntStream.of(best(logits, row, alternatives))
                        .mapToObj(token ->
                                new Alternative(
                                        token, logits.values()[offset + token] - normalizer))
                        .toList();
        return new Likelihood(logits.values()[offset + chosen] - normalizer, best);
    }

    private static double logSumExp(Logits logits, int row) {
        int offset = logits.offset(row);
        double highest = logits.values()[offset + logits.argmax(row)];
        double sum = 0;
        for (int token = 0; token < logits.vocabulary(); token++) {
            sum += Math.exp(logits.values()[offset + token] - highest);
        }
        return highest + Math.log(sum);
    }

    private static int[] best(Logits logits, int row, int wanted) {
        int[] best = new int[Math.min(wanted, logits.vocabulary())];
        int offset = logits.offset(row);
        int found = 0;
        for (int token = 0; token < logits.vocabulary() && best.length > 0; token++) {
            float logit = logits.values()[offset + token];
            if (found == best.length && logit <= logits.values()[offset + best[found - 1]]) {
                continue;
            }
            found = Math.min(found + 1, best.length);
            int place = found - 1;
            while (place > 0 && logits.values()[offset + best[place - 1]] < logit) {
                best[place] = best[place - 1];
                place--;
            }
            best[place] = token;
        }
        return Arrays.copyOf(best, found);
    }
}
