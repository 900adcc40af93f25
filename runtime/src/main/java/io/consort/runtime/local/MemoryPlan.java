package io.consort.runtime.local;

import io.consort.runtime.model.KvCache;
import io.consort.runtime.weights.CheckpointException;
import io.consort.runtime.weights.Footprint;
import java.nio.file.Path;

/** Refuses models that memory has no room for: weights before they are copied, then the cache. */
final class MemoryPlan {

    /** Part of the room for keys and values that one model may take. */
    private static final int CACHE_DIVISOR = 2;

    /** Positions below which a model with a longer context is not worth running. */
    private static final int LEAST_POSITIONS = 1024;

    private MemoryPlan() {}

    /**
     * What is known of a model's cache.
     *
     * @param blockBytes keys and values of {@link KvCache#BLOCK} positions
     * @param context positions of a sequence at most
     */
    record Needs(long blockBytes, int context) {}

    /**
     * Makes sure that there is room for a model's weights.
     *
     * @param mapped bytes of weights that other models have mapped
     * @throws CheckpointException with the numbers, when they do not fit
     */
    static void requireWeights(Path checkpoint, Footprint weights, long mapped, MemoryRoom room) {
        long free = room.forWeights() - mapped;
        if (weights.bytes() > free) {
            throw new CheckpointException(
                    checkpoint,
                    "its weights take %s, but %s of memory are free"
                            .formatted(mebibytes(weights.bytes()), mebibytes(free)),
                    "free memory, take another expert out, or use a smaller model");
        }
    }

    /**
     * How many blocks of keys and values a model gets: those of {@code sequences} whole contexts, or
     * as many as fit.
     *
     * @throws CheckpointException with the numbers, when one context does not fit
     */
    static int cacheBlocks(Path checkpoint, Needs needs, int sequences, MemoryRoom room) {
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
        return (int) Math.min((long) sequences * context, affordable);
    }

    private static String mebibytes(long bytes) {
        return "%,d MiB".formatted(Math.ceilDiv(Math.max(0, bytes), 1 << 20));
    }
}
