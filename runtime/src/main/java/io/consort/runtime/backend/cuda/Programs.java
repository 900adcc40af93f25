package io.consort.runtime.backend.cuda;

import io.consort.runtime.backend.cuda.driver.Context;
import io.consort.runtime.backend.cuda.driver.DeviceMemory;
import io.consort.runtime.backend.cuda.driver.Grid;
import io.consort.runtime.backend.cuda.driver.Launch;
import io.consort.runtime.backend.cuda.driver.Parameters;
import io.consort.runtime.backend.cuda.driver.Stream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * Makes programs of work: while it is open, operations are collected instead of launched. Devices of
 * compute capability 9.0 run them; {@code -Dconsort.programs=false} turns them off.
 */
final class Programs implements AutoCloseable {

    private static final int CAPABILITY = 90;
    private static final int THREADS = 384;
    private static final int SHARED_BYTES = 232_224;
    private static final int COUNTER_BYTES = 256;

    private final Context context;
    private final Kernels kernels;
    private final Stream stream;
    private final boolean possible;
    private final DeviceMemory counter;
    private Optional<ProgramBuilder> building = Optional.empty();

    Programs(Context context, Kernels kernels, Stream stream) {
        this.context = context;
        this.kernels = kernels;
        this.stream = stream;
        this.possible =
                context.device().computeCapability() == CAPABILITY
                        && !"false".equals(System.getProperty("consort.programs"));
        this.counter = DeviceMemory.allocate(context, COUNTER_BYTES);
        stream.fill(counter.address(), (byte) 0, COUNTER_BYTES);
    }

    /** Whether operations are collected now. */
    boolean isOpen() {
        return building.isPresent();
    }

    /** What collects them. */
    ProgramBuilder open() {
        return building.orElseThrow();
    }

    /** The program of some work; empty where it has operations that programs do not know. */
    Optional<Program> build(Runnable work) {
        if (!possible) {
            return Optional.empty();
        }
        ProgramBuilder builder = new ProgramBuilder();
        building = Optional.of(builder);
        try {
            work.run();
        } finally {
            building = Optional.empty();
        }
        return builder.isPossible() ? Optional.of(program(builder)) : Optional.empty();
    }

    private Program program(ProgramBuilder builder) {
        DeviceMemory memory = DeviceMemory.allocate(context, builder.bytes());
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment image = arena.allocate(builder.bytes(), Instruction.BYTES);
            builder.write(image, memory.address());
            stream.copyToDevice(memory.address(), image);
            stream.synchronize();
        }
        Parameters parameters =
                new Parameters().add(memory.address()).add(builder.count()).add(counter.address());
        Grid grid = Grid.of(context.device().multiprocessors(), THREADS).withShared(SHARED_BYTES);
        Launch launch = new Launch(kernels.get(builder.kernel(), SHARED_BYTES), grid, parameters);
        return new Program(memory, launch.cooperative());
    }

    @Override
    public void close() {
        counter.close();
    }
}
