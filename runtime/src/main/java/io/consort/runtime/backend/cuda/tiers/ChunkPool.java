package io.consort.runtime.backend.cuda.tiers;

import io.consort.runtime.backend.cuda.driver.Context;
import io.consort.runtime.backend.cuda.driver.PinnedMemory;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Pieces of pinned host memory of one size. Pinning takes as long as writing does, so it happens when
 * a piece is taken for the first time, and pieces are kept. Owns all of them. Thread-safe.
 */
final class ChunkPool implements AutoCloseable {

    private static final long SLAB_BYTES = 256L << 20;

    private final Context context;
    private final long chunkBytes;
    private final Deque<MemorySegment> free = new ArrayDeque<>();
    private final List<PinnedMemory> slabs = new ArrayList<>();
    private long left;

    /** @param most chunks that may be taken together */
    ChunkPool(Context context, long chunkBytes, long most) {
        this.context = context;
        this.chunkBytes = chunkBytes;
        this.left = most;
    }

    long chunkBytes() {
        return chunkBytes;
    }

    /** Chunks for so many bytes, in order; the last one may be longer than needed. */
    synchronized List<MemorySegment> take(long bytes) {
        long count = Math.ceilDiv(bytes, chunkBytes);
        while (free.size() < count) {
            pin(count - free.size());
        }
        List<MemorySegment> chunks = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            chunks.add(free.removeLast());
        }
        return chunks;
    }

    private void pin(long missing) {
        if (left == 0) {
            throw new IllegalStateException("all chunks of pinned memory are taken");
        }
        long count = Math.min(left, Math.min(missing, Math.max(1, SLAB_BYTES / chunkBytes)));
        PinnedMemory slab = PinnedMemory.allocate(context, count * chunkBytes);
        slabs.add(slab);
        left -= count;
        for (long i = 0; i < count; i++) {
            free.addLast(slab.segment().asSlice(i * chunkBytes, chunkBytes));
        }
    }

    synchronized void giveBack(List<MemorySegment> chunks) {
        chunks.forEach(free::addLast);
    }

    @Override
    public synchronized void close() {
        free.clear();
        slabs.forEach(PinnedMemory::close);
        slabs.clear();
    }
}
