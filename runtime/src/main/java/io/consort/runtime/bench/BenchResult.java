package io.consort.runtime.bench;

import io.consort.runtime.weights.DType;
import java.util.List;

/**
 * Medians of one model.
 *
 * @param type how its matrices are stored
 * @param weightBytes that a decode step reads: every matrix once, of the embeddings only as a head
 * @param readGigabytes per second, when those bytes are only read
 * @param engines ours, then peers
 */
record BenchResult(
        String model, DType type, long weightBytes, double readGigabytes, List<Figures> engines) {

    BenchResult {
        engines = List.copyOf(engines);
    }

    Figures ours() {
        return engines.getFirst();
    }
}
