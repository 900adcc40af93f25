package io.consort.runtime.backend.cuda.driver;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A launch with attributes, prepared once and submitted as often as wanted. Used by one thread at a
 * time.
 */
public final class Launch {

    // The driver's CUlaunchConfig and CUlaunchAttribute.
    private static final int STREAM = 32;
    private static final int ATTRIBUTES = 40;
    private static final int ATTRIBUTE_COUNT = 48;
    private static final int CONFIGURATION_BYTES = 56;
    private static final int ATTRIBUTE_BYTES = 72;
    private static final int VALUE = 8;
    private static final int MOST_ATTRIBUTES = 4;

    private static final int COOPERATIVE = 2;
    private static final int CLUSTER_DIMENSION = 4;
    private static final int PROGRAMMATIC_STREAM_SERIALIZATION = 6;

    private final Kernel kernel;
    private final Parameters parameters;
    private final MemorySegment memory =
            Arena.ofAuto().allocate(CONFIGURATION_BYTES + MOST_ATTRIBUTES * ATTRIBUTE_BYTES, 8);
    private int attributes;

    /** Prepares a launch; later changes of the parameters are seen by later submissions. */
    public Launch(Kernel kernel, Grid grid, Parameters parameters) {
        this.kernel = kernel;
        this.parameters = parameters;
        memory.set(ValueLayout.JAVA_LONG, ATTRIBUTES, memory.address() + CONFIGURATION_BYTES);
        spread(grid);
    }

    /** Changes how it is spread. */
    public void spread(Grid grid) {
        int[] values = {
            grid.x(),
            grid.y(),
            grid.z(),
            grid.blockX(),
            grid.blockY(),
            grid.blockZ(),
            grid.sharedBytes()
        };
        MemorySegment.copy(values, 0, memory, ValueLayout.JAVA_INT, 0, values.length);
    }

    /**
     * Lets it begin before the kernel in front of it has ended; it waits in the kernel, by {@code
     * cudaGridDependencySynchronize}, before it reads what that one writes.
     */
    public Launch overlapping() {
        return attribute(PROGRAMMATIC_STREAM_SERIALIZATION, 1);
    }

    /** Runs all blocks at once, so that they may wait for each other. */
    public Launch cooperative() {
        return attribute(COOPERATIVE, 1);
    }

    /** Blocks that share a cluster. */
    public Launch clusters(int x, int y, int z) {
        return attribute(CLUSTER_DIMENSION, x, y, z);
    }

    /** Submits it. */
    public void on(Stream stream) {
        memory.set(ValueLayout.JAVA_LONG, STREAM, stream.address());
        LaunchCalls.launch(memory.address(), kernel.address(), parameters.address());
    }

    private Launch attribute(int number, int... value) {
        if (attributes == MOST_ATTRIBUTES) {
            throw new IllegalStateException(
                    "a launch has %d attributes at most".formatted(MOST_ATTRIBUTES));
        }
        int at = CONFIGURATION_BYTES + attributes++ * ATTRIBUTE_BYTES;
        memory.set(ValueLayout.JAVA_INT, at, number);
        MemorySegment.copy(value, 0, memory, ValueLayout.JAVA_INT, at + VALUE, value.length);
        memory.set(ValueLayout.JAVA_INT, ATTRIBUTE_COUNT, attributes);
        return this;
    }
}
