package io.consort.router.outcomes;

import io.consort.router.classify.WordSignal;

/**
 * A recorded prompt as a router sees it.
 *
 * @param features its embedding and, behind it, its words; shared, not changed
 */
record Query(RecordedPrompt prompt, float[] features) {

    static Query of(RecordedPrompt prompt, float[] embedding) {
        return new Query(prompt, WordSignal.beside(embedding, prompt.text()));
    }
}
