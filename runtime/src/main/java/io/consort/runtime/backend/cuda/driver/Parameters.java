package io.consort.runtime.backend.cuda.driver;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A kernel's parameters in native memory, added once in the kernel's order and changed in place
 * afterwards. The driver reads them during a launch, so they may be changed as soon as it returns;
 * a captured launch keeps the values that it was captured with. Used by one thread at a time.
 */
public final class Parameters {

    private static final int MOST = 48;
    private static final int BYTES = 4096;
    private static final int POINTERS = MOST * Long.BYTES;

    private final MemorySegment memory = Arena.ofAuto().allocate(POINTERS + BYTES, 128);
    private final int[] offsets = new int[MOST];
    private final int[] sizes = new int[MOST];
    private int count;
    private int end = POINTERS;

    /** Adds an address or another 64-bit value. */
    public Parameters add(long value) {
        memory.set(ValueLayout.JAVA_LONG, place(Long.BYTES, Long.BYTES), value);
        return this;
    }

    /** Adds a 32-bit integer. */
    public Parameters add(int value) {
        memory.set(ValueLayout.JAVA_INT, place(Integer.BYTES, Integer.BYTES), value);
        return this;
    }

    /** Adds a 32-bit float. */
    public Parameters add(float value) {
        memory.set(ValueLayout.JAVA_FLOAT, place(Float.BYTES, Float.BYTES), value);
        return this;
    }

    /** Adds a tensor map, by value. */
    public Parameters add(TensorMap map) {
        int offset = place(TensorMap.BYTES, TensorMap.ALIGNMENT);
        MemorySegment.copy(map.memory(), 0, memory, offset, TensorMap.BYTES);
        return this;
    }

    /** Changes the parameter of that index, which was added as a long. */
    public void set(int index, long value) {
        memory.set(ValueLayout.JAVA_LONG, offset(index, Long.BYTES), value);
    }

    /** Changes the parameter of that index, which was added as an int. */
    public void set(int index, int value) {
        memory.set(ValueLayout.JAVA_INT, offset(index, Integer.BYTES), value);
    }

    /** Changes the parameter of that index, which was added as a float. */
    public void set(int index, float value) {
        memory.set(ValueLayout.JAVA_FLOAT, offset(index, Float.BYTES), value);
    }

    /** Number of parameters. */
    public int count() {
        return count;
    }

    /** Where the table of their addresses lies. */
    long address() {
        return memory.address();
    }

    private int place(int size, int alignment) {
        int offset = Math.ceilDiv(end, alignment) * alignment;
        if (count == MOST || offset + size > POINTERS + BYTES) {
            throw new IllegalStateException("a kernel cannot have that many parameters");
        }
        memory.setAtIndex(ValueLayout.JAVA_LONG, count, memory.address() + offset);
        offsets[count] = offset;
        sizes[count] = size;
        count++;
        end = offset + size;
        return offset;
    }

    private int offset(int index, int size) {
        if (index < 0 || index >= count || sizes[index] != size) {
            throw new IllegalArgumentException(
                    "parameter %d of %d is not one of %d bytes".formatted(index, count, size));
        }
        return offsets[index];
    }
}
