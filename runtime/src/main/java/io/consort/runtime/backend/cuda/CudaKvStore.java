package io.consort.runtime.backend.cuda;

import io.consort.runtime.backend.Heads;
import io.consort.runtime.backend.KvStore;
import io.consort.runtime.backend.cuda.driver.Context;
import io.consort.runtime.backend.cuda.driver.DeviceMemory;
import io.consort.runtime.backend.cuda.driver.Element;
import io.consort.runtime.backend.cuda.driver.Stream;
import java.util.ArrayList;
import java.util.List;

/**
 * Keys and values of every layer on the device. A block holds, per key head, keys as [16
 * positions][size] and values as [size][16 positions].
 */
final class CudaKvStore implements KvStore {

    private final DeviceMemory memory;
    private final Element element;
    private final int blocks;
    private final long half;
    private final List<Runnable> closing = new ArrayList<>();

    CudaKvStore(
            Context context, Stream stream, Element element, int layers, Heads heads, int blocks) {
        if (blocks < 1) {
            throw new IllegalArgumentException(
                    "`blocks` must be at least 1, not %d".formatted(blocks));
        }
        this.element = element;
        this.blocks = blocks;
        this.half = (long) blocks * heads.keyValueWidth() * BLOCK * element.bytes();
        this.memory = DeviceMemory.allocate(context, 2L * half * Math.max(1, layers));
        // Positions that are not there yet are multiplied by zero, so they must hold numbers.
        stream.fill(memory.address(), (byte) 0, memory.bytes());
        stream.synchronize();
    }

    @Override
    public int blocks() {
        return blocks;
    }

    Element element() {
        return element;
    }

    long keys(int layer) {
        return memory.address() + 2L * layer * half;
    }

    long values(int layer) {
        return keys(layer) + half;
    }

    /** Says that something must go before the memory does. */
    void whenClosed(Runnable action) {
        closing.add(action);
    }

    @Override
    public void close() {
        closing.forEach(Runnable::run);
        memory.close();
    }
}
