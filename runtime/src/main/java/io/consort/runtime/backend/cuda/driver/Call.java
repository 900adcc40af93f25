package io.consort.runtime.backend.cuda.driver;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Launches of one stream, one after the other, each with parameters written anew and without garbage.
 * Every kernel may begin before the one in front of it has ended, as {@link Launch#overlapping} says.
 * Used by one thread at a time.
 */
public final class Call implements Fields {

    private static final int MOST = 16;
    private static final int BYTES = 1024;
    private static final int POINTERS = MOST * Long.BYTES;

    // The driver's CUlaunchConfig with one CUlaunchAttribute.
    private static final int CONFIGURATION = POINTERS + BYTES;
    private static final int STREAM = CONFIGURATION + 32;
    private static final int ATTRIBUTES = CONFIGURATION + 40;
    private static final int ATTRIBUTE_COUNT = CONFIGURATION + 48;
    private static final int ATTRIBUTE = CONFIGURATION + 56;
    private static final int ATTRIBUTE_VALUE = ATTRIBUTE + 8;
    private static final int SIZE = ATTRIBUTE + 72;
    private static final int PROGRAMMATIC_STREAM_SERIALIZATION = 6;

    private final MemorySegment memory = Arena.ofAuto().allocate(SIZE, Long.BYTES);
    private Kernel kernel;
    private int count;
    private int end;

    /** Launches go to that stream. */
    public Call(Stream stream, Kernel first) {
        kernel = first;
        memory.set(ValueLayout.JAVA_LONG, STREAM, stream.address());
        memory.set(ValueLayout.JAVA_LONG, ATTRIBUTES, memory.address() + ATTRIBUTE);
        memory.set(ValueLayout.JAVA_INT, ATTRIBUTE_COUNT, 1);
        memory.set(ValueLayout.JAVA_INT, ATTRIBUTE, PROGRAMMATIC_STREAM_SERIALIZATION);
        memory.set(ValueLayout.JAVA_INT, ATTRIBUTE_VALUE, 1);
    }

    /** Begins a launch; parameters follow. */
    public Call of(Kernel next) {
        kernel = next;
        count = 0;
        end = POINTERS;
        return this;
    }

    /** Begins a parameter that is a structure; its {@link #field}s follow. */
    public Call structure() {
        end = Math.ceilDiv(end, Long.BYTES) * Long.BYTES;
        memory.setAtIndex(ValueLayout.JAVA_LONG, count++, memory.address() + end);
        return this;
    }

    /** An address, as a field. */
    @Override
    public Call field(long value) {
        end = Math.ceilDiv(end, Long.BYTES) * Long.BYTES;
        memory.set(ValueLayout.JAVA_LONG, end, value);
        end += Long.BYTES;
        return this;
    }

    /** An integer, as a field. */
    @Override
    public Call field(int value) {
        memory.set(ValueLayout.JAVA_INT, end, value);
        end += Integer.BYTES;
        return this;
    }

    /** A number, as a field. */
    @Override
    public Call field(float value) {
        memory.set(ValueLayout.JAVA_FLOAT, end, value);
        end += Float.BYTES;
        return this;
    }

    /** An address or another 64-bit value, as a parameter. */
    public Call with(long value) {
        return structure().field(value);
    }

    /** An integer, as a parameter. */
    public Call with(int value) {
        return structure().field(value);
    }

    /** A number, as a parameter. */
    public Call with(float value) {
        return structure().field(value);
    }

    /** A tensor map, as a parameter. */
    public Call with(TensorMap map) {
        structure();
        MemorySegment.copy(map.memory(), 0, memory, end, TensorMap.BYTES);
        end += TensorMap.BYTES;
        return this;
    }

    /** Submits it. */
    public void launch(Grid grid) {
        int[] spread = {
            grid.x(),
            grid.y(),
            grid.z(),
            grid.blockX(),
            grid.blockY(),
            grid.blockZ(),
            grid.sharedBytes()
        };
        MemorySegment.copy(spread, 0, memory, ValueLayout.JAVA_INT, CONFIGURATION, spread.length);
        LaunchCalls.launch(memory.address() + CONFIGURATION, kernel.address(), memory.address());
    }
}
