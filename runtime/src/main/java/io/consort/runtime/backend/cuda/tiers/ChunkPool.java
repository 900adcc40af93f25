package io.consort.runtime.backend.cuda.tiers;

import io.consort.runtime.backend.cuda.driver.Context;
import io.consort.runtime.backend.cuda.driver.CudaException;
import io.consort.runtime.backend.cuda.driver.PinnedMemory;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Pieces of pinned host memory of one size. Pinning takes longer than writing does, so it happens when
 * a piece is taken for the first time, and pieces are kept. Pieces are pinned one after another with
 * pauses between, because the driver does nothing else meanwhile, and steps of models that run would
 * wait. Owns all of them. Thread-safe.
 */
final class ChunkPool implements AutoCloseable {

    private final Context context;
    private final long chunkBytes;
    private final Deque<MemorySegment> free = new ArrayDeque<>();
    private final List<PinnedMemory> memory = new ArrayList<>();
    private final Object turn = new Object();
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

    /** One chunk. */
    MemorySegment take() {
        synchronized (this) {
            if (!free.isEmpty()) {
                return free.removeLast();
            }
            if (left == 0) {
                throw new IllegalStateException("all chunks of pinned memory are taken");
            }
            left--;
        }
        return pin();
    }

    private MemorySegment pin() {
        try {
            context.makeCurrent();
            PinnedMemory pinned = inTurn(PinnedMemory.prepare(context, chunkBytes));
            synchronized (this) {
                memory.add(pinned);
            }
            return pinned.segment();
        } catch (CudaException | IllegalStateException failure) {
            synchronized (this) {
                left++;
            }
            throw failure;
        }
    }

    /** Whoever waits for the driver gets as much time as it was kept. */
    private PinnedMemory inTurn(PinnedMemory.Unpinned prepared) {
        synchronized (turn) {
            long begin = System.nanoTime();
            PinnedMemory pinned = prepared.pin();
            LockSupport.parkNanos(System.nanoTime() - begin);
            return pinned;
        }
    }

    synchronized void giveBack(MemorySegment chunk) {
        free.addLast(chunk);
    }

    @Override
    public synchronized void close() {
        free.clear();
        memory.forEach(PinnedMemory::close);
        memory.clear();
    }
}
