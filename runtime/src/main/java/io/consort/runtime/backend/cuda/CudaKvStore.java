package io.consort.runtime.backend.cuda;

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

    private final Layout layout;
    private final long address;
    private final Runnable free;
    private final List<Runnable> closing = new ArrayList<>();

    /**
     * How it lies in memory.
     *
     * @param width of a position's keys in one layer
     */
    record Layout(Element element, int layers, int width, int blocks) {

        Layout {
            if (blocks < 1) {
                throw new IllegalArgumentException(
                        "`blocks` must be at least 1, not %d".formatted(blocks));
            }
        }

        /** Bytes of a layer's keys, or of its values. */
        long half() {
            return (long) blocks * width * BLOCK * element.bytes();
        }

        long bytes() {
            return 2L * half() * Math.max(1, layers);
        }
    }

    /**
     * A store in memory that is there.
     *
     * @param address of memory that holds numbers, or zeros: positions that are not there yet are
     *     multiplied by zero
     */
    CudaKvStore(Layout layout, long address, Runnable free) {
        this.layout = layout;
        this.address = address;
        this.free = free;
    }

    static CudaKvStore allocate(Context context, Stream stream, Layout layout) {
        DeviceMemory memory = DeviceMemory.allocate(context, layout.bytes());
        stream.fill(memory.address(), (byte) 0, memory.bytes());
        stream.synchronize();
        return new CudaKvStore(layout, memory.address(), memory::close);
    }

    @Override
    public int blocks() {
        return layout.blocks();
    }

    Element element() {
        return layout.element();
    }

    long keys(int layer) {
        return address + 2L * layer * layout.half();
    }

    long values(int layer) {
        return keys(layer) + layout.half();
    }

    /** Says that something must go before the memory does. */
    void whenClosed(Runnable action) {
        closing.add(action);
    }

    @Override
    public void close() {
        closing.forEach(Runnable::run);
        free.run();
    }
}
