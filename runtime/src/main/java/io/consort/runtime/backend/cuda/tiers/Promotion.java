package io.consort.runtime.backend.cuda.tiers;

import io.consort.runtime.backend.cuda.driver.Context;
import io.consort.runtime.backend.cuda.driver.Event;
import io.consort.runtime.backend.cuda.driver.Stream;
import io.consort.runtime.tiers.Mover.Load;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Brings one expert's weights to a faster tier. Used once, by one thread. */
final class Promotion {

    private final DeviceExpert expert;
    private final ChunkPool chunks;
    private final FileReads reads;
    private final Stream copies;

    Promotion(DeviceExpert expert, ChunkPool chunks, FileReads reads, Stream copies) {
        this.expert = expert;
        this.chunks = chunks;
        this.reads = reads;
        this.copies = copies;
    }

    /** Reads the file into pinned memory. */
    void toPinned() {
        expert.pinned(chunks.take(expert.image().bytes()));
        List<Future<MemorySegment>> parts = new ArrayList<>();
        for (int i = 0; i < expert.pinned().size(); i++) {
            parts.add(read(i, expert.pinned().get(i)));
        }
        try {
            parts.forEach(Promotion::await);
        } finally {
            parts.forEach(Promotion::settle);
        }
    }

    /**
     * Copies to the device, from pinned memory or from the file.
     *
     * @param usable runs as soon as others may wait for layers
     */
    void toDevice(Context context, Load load, Runnable usable) {
        Arrival arrival = new Arrival(context, expert.image().layerEnds().size());
        expert.arriving(arrival);
        Transfer transfer = new Transfer(copies, expert, arrival);
        expert.mapRoom(copies);
        usable.run();
        try {
            if (load.pinned()) {
                for (int i = 0; i < expert.pinned().size(); i++) {
                    transfer.submit(part(i, expert.pinned().get(i)));
                }
            } else if (load.keepPinned()) {
                throughKept(transfer);
            } else {
                throughPassing(context, transfer);
            }
        } finally {
            copies.synchronize();
        }
    }

    /** Reads ahead into chunks that stay, and copies each as it comes. */
    private void throughKept(Transfer transfer) {
        expert.pinned(chunks.take(expert.image().bytes()));
        List<Future<MemorySegment>> parts = new ArrayList<>();
        for (int i = 0; i < expert.pinned().size(); i++) {
            parts.add(read(i, expert.pinned().get(i)));
        }
        try {
            parts.forEach(part -> transfer.submit(await(part)));
        } finally {
            parts.forEach(Promotion::settle);
        }
    }

    /** Reads into a few chunks in turn; one is read anew once its copy is done. */
    private void throughPassing(Context context, Transfer transfer) {
        int all = Math.toIntExact(Math.ceilDiv(expert.image().bytes(), chunks.chunkBytes()));
        int window = Math.min(all, reads.window());
        List<MemorySegment> passing = chunks.take(window * chunks.chunkBytes());
        List<Event> copied = new ArrayList<>();
        Deque<Future<MemorySegment>> parts = new ArrayDeque<>();
        try {
            for (int i = 0; i < window; i++) {
                copied.add(Event.create(context));
                parts.addLast(read(i, passing.get(i)));
            }
            for (int i = 0; i < all; i++) {
                transfer.submit(await(parts.removeFirst()));
                copies.record(copied.get(i % window));
                int behind = i - window / 2;
                if (behind >= 0 && behind + window < all) {
                    copied.get(behind % window).synchronize();
                    parts.addLast(read(behind + window, passing.get(behind % window)));
                }
            }
        } finally {
            parts.forEach(Promotion::settle);
            copies.synchronize();
            copied.forEach(Event::close);
            chunks.giveBack(passing);
        }
    }

    private Future<MemorySegment> read(int index, MemorySegment chunk) {
        return reads.begin(expert.image(), index * chunks.chunkBytes(), part(index, chunk));
    }

    /** As much of a chunk as the image fills. */
    private MemorySegment part(int index, MemorySegment chunk) {
        long left = expert.image().bytes() - index * chunks.chunkBytes();
        return chunk.asSlice(0, Math.min(left, chunks.chunkBytes()));
    }

    private static MemorySegment await(Future<MemorySegment> part) {
        try {
            return part.get();
        } catch (ExecutionException failure) {
            Throwable cause = failure.getCause();
            throw new IllegalStateException(
                    "its weights cannot be read: " + (cause == null ? failure : cause), failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("its weights were not waited for", interrupted);
        }
    }

    /** Waits for a read's end, however it ends: its memory may go to others only then. */
    @SuppressWarnings("EmptyCatch") // The first failure has been told.
    private static void settle(Future<MemorySegment> part) {
        try {
            await(part);
        } catch (IllegalStateException failure) {
            // Told already.
        }
    }
}
