package io.consort.runtime.bench;

import io.consort.runtime.weights.Tensor;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * How fast tensors can be read at all: every byte is loaded into a vector register and added up,
 * and nothing else is done.
 */
final class ReadLimit implements AutoCloseable {

    private static final VectorSpecies<Long> SPECIES = LongVector.SPECIES_PREFERRED;
    private static final int UNROLLED = 4;

    private final List<List<MemorySegment>> shares = new ArrayList<>();
    private final ExecutorService executor;
    private final AtomicLong checksum = new AtomicLong();

    /** Reads with so many threads, each its share of every tensor. */
    ReadLimit(List<Tensor> tensors, int threads) {
        executor = Executors.newFixedThreadPool(threads);
        for (int thread = 0; thread < threads; thread++) {
            List<MemorySegment> share = new ArrayList<>();
            for (Tensor tensor : tensors) {
                long size = tensor.data().byteSize();
                long from = size * thread / threads;
                share.add(tensor.data().asSlice(from, size * (thread + 1) / threads - from));
            }
            shares.add(share);
        }
    }

    /** Reads everything so many times; returns the seconds that it took. */
    double seconds(int times) {
        CountDownLatch done = new CountDownLatch(shares.size());
        long begin = System.nanoTime();
        for (List<MemorySegment> share : shares) {
            executor.execute(() -> {
                for (int i = 0; i < times; i++) {
                    for (MemorySegment segment : share) {
                        checksum.addAndGet(sum(segment));
                    }
                }
                done.countDown();
            });
        }
        try {
            done.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        return (System.nanoTime() - begin) / 1e9;
    }

    private static long sum(MemorySegment segment) {
        long width = SPECIES.vectorByteSize();
        LongVector a = LongVector.zero(SPECIES);
        LongVector b = LongVector.zero(SPECIES);
        LongVector c = LongVector.zero(SPECIES);
        LongVector d = LongVector.zero(SPECIES);
        long bound = segment.byteSize() - UNROLLED * width;
        for (long i = 0; i <= bound; i += UNROLLED * width) {
            a = a.add(load(segment, i));
            b = b.add(load(segment, i + width));
            c = c.add(load(segment, i + 2 * width));
            d = d.add(load(segment, i + 3 * width));
        }
        return a.add(b).add(c.add(d)).reduceLanes(VectorOperators.ADD);
    }

    private static LongVector load(MemorySegment segment, long at) {
        return LongVector.fromMemorySegment(SPECIES, segment, at, ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
