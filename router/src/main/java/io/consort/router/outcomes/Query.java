package io.consort.router.outcomes;

import io.consort.router.classify.WordSignal;
import java.util.Arrays;

/**
 * A recorded prompt as a router sees it.
 *
 * @param features its embedding and, behind it, its words; shared, not changed
 */
record Query(RecordedPrompt prompt, float[] features) {

    /** The query once more from the embedding with which its features begin. */
    static Query again(RecordedPrompt prompt, float[] features) {
        return of(prompt, Arrays.copyOf(features, features.length - WordSignal.WIDTH));
    }

    static Query of(RecordedPrompt prompt, float[] embedding) {
        return new Query(prompt, WordSignal.beside(embedding, prompt.text()));
    }
}
