package io.consort.runtime.local;

import io.consort.runtime.model.KvCache;
import io.consort.runtime.weights.CheckpointException;
import java.nio.file.Path;

/**
 * What a model takes, known before it is loaded.
 *
 * @param weightBytes of the checkpoint
 * @param cacheBlocks blocks for keys and values
 */
record MemoryPlan(long weightBytes, int cacheBlocks) {

    /** Part of the room for keys and values that one model may take. */
    private static final int CACHE_DIVISOR = 2;

    /** Positions below which a model with a longer context is not worth running. */
    private static final int LEAST_POSITIONS = 1024;

    /**
     * What is known of a model.
     *
     * @param blockBytes keys and values of {@link KvCache#BLOCK} positions
     * @param context positions of a sequence at most
     */
    record Needs(long weightBytes, long blockBytes, int context) {}

    /**
     * Room for the weights and for {@code sequences} whole contexts, or as many as fit.
     *
     * @param mapped bytes of weights that other models have mapped
     * @throws CheckpointException with the numbers, when weights or one context do not fit
     */
    static MemoryPlan of(
            Path checkpoint, Needs needs, int sequences, long mapped, MemoryRoom room) {
        long weightRoom = room.forWeights() - mapped;
        if (needs.weightBytes() > weightRoom) {
            throw new CheckpointException(
                    checkpoint,
                    "its weights take %s, but %s of memory are free"
                            .formatted(mebibytes(needs.weightBytes()), mebibytes(weightRoom)),
                    "free memory, take another expert out, or use a smaller model");
        }
        long cacheRoom = room.forCache() / CACHE_DIVISOR;
        long affordable = cacheRoom / needs.blockBytes();
        int context = KvCache.blocksFor(needs.context());
        int least = Math.min(context, KvCache.blocksFor(LEAST_POSITIONS));
        if (affordable < least) {
            throw new CheckpointException(
                    checkpoint,
                    "a conversation of %d tokens takes %s of memory besides the weights, but there is room for %s"
                            .formatted(
                                    least * KvCache.BLOCK,
                                    mebibytes(least * needs.blockBytes()),
                                    mebibytes(cacheRoom)),
                    "give the process a larger heap (-Xmx), or take another expert out");
        }
        return new MemoryPlan(
                needs.weightBytes(), (int) Math.min((long) sequences * context, affordable));
    }

    private static String mebibytes(long bytes) {
        return "%,d MiB".formatted(Math.ceilDiv(Math.max(0, bytes), 1 << 20));
    }
}
