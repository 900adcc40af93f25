package io.consort.runtime.backend.cuda.tiers;

import io.consort.runtime.backend.cuda.driver.Context;
import io.consort.runtime.backend.cuda.driver.Event;
import io.consort.runtime.backend.cuda.driver.Stream;
import io.consort.runtime.tiers.Mover.Load;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
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

    /** Reads the file into pinned memory, which readers take as they go. */
    void toPinned() {
        int all = count();
        List<MemorySegment> kept = new ArrayList<>();
        Deque<Future<MemorySegment>> parts = new ArrayDeque<>();
        try {
            for (int i = 0; i < all; i++) {
                parts.addLast(keep(i));
                if (parts.size() == reads.window()) {
                    kept.add(await(parts.removeFirst()));
                }
            }
            while (!parts.isEmpty()) {
                kept.add(await(parts.removeFirst()));
            }
        } finally {
            parts.forEach(part -> settle(part).ifPresent(kept::add));
            expert.pinned(kept);
        }
    }

    private Future<MemorySegment> keep(int index) {
        return reads.begin(() -> {
            MemorySegment chunk = chunks.take();
            try {
                FileReads.fill(expert.image(), index * chunks.chunkBytes(), part(index, chunk));
                return chunk;
            } catch (IOException | RuntimeException failure) {
                chunks.giveBack(chunk);
                throw failure;
            }
        });
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
            } else {
                throughPassing(context, transfer);
            }
        } finally {
            copies.synchronize();
        }
    }

    /** Reads into a few chunks in turn; one is read anew once its copy is done. */
    private void throughPassing(Context context, Transfer transfer) {
        int all = count();
        int window = Math.min(all, reads.window());
        List<MemorySegment> passing = taken(window);
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
            passing.forEach(chunks::giveBack);
        }
    }

    /** So many chunks, pinned beside each other where they are new. */
    private List<MemorySegment> taken(int count) {
        List<Future<MemorySegment>> taking = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            taking.add(reads.begin(chunks::take));
        }
        List<MemorySegment> taken = new ArrayList<>();
        try {
            taking.forEach(Promotion::await);
        } finally {
            taking.forEach(one -> settle(one).ifPresent(taken::add));
            if (taken.size() < count) {
                taken.forEach(chunks::giveBack);
            }
        }
        return taken;
    }

    private Future<MemorySegment> read(int index, MemorySegment chunk) {
        return reads.begin(() ->
                FileReads.fill(expert.image(), index * chunks.chunkBytes(), part(index, chunk)));
    }

    private int count() {
        return Math.toIntExact(Math.ceilDiv(expert.image().bytes(), chunks.chunkBytes()));
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
    private static Optional<MemorySegment> settle(Future<MemorySegment> part) {
        try {
            return Optional.of(await(part));
        } catch (IllegalStateException failure) {
            return Optional.empty();
        }
    }
}
