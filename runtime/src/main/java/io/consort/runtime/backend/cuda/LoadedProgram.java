package io.consort.runtime.backend.cuda;

import io.consort.runtime.backend.cuda.driver.Context;
import io.consort.runtime.backend.cuda.driver.DeviceMemory;
import io.consort.runtime.backend.cuda.driver.Grid;
import io.consort.runtime.backend.cuda.driver.Launch;
import io.consort.runtime.backend.cuda.driver.Parameters;
import io.consort.runtime.backend.cuda.driver.Stream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * One launch of {@code run_program}, which does a step or several.
 *
 * @param image which it owns
 */
record LoadedProgram(DeviceMemory image, Launch launch) implements AutoCloseable {

    private static final int THREADS = 384;
    private static final int SHARED_BYTES = 229_128;

    /**
     * Puts it on the device.
     *
     * @param steps of the same kernel and of as many instructions
     */
    static LoadedProgram load(
            Context context, Kernels kernels, Stream stream, List<ProgramStep> steps) {
        int blocks = context.device().multiprocessors();
        ProgramImage image = new ProgramImage(steps, blocks);
        DeviceMemory memory = DeviceMemory.allocate(context, image.bytes());
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment host = arena.allocate(image.bytes(), Instruction.BYTES);
            image.write(host, memory.address());
            stream.copyToDevice(memory.address(), host);
            stream.synchronize();
        }
        Parameters parameters =
                new Parameters()
                        .add(memory.address())
                        .add(image.count())
                        .add(memory.address() + image.choicesAt())
                        .add(image.choices())
                        .add(memory.address() + image.roundsAt())
                        .add(memory.address() + image.exchangeAt())
                        .add(image.words());
        Grid grid = Grid.of(blocks, THREADS).withShared(SHARED_BYTES);
        String kernel = steps.getFirst().code().kernel();
        Launch launch = new Launch(kernels.get(kernel, SHARED_BYTES), grid, parameters);
        return new LoadedProgram(memory, launch.cooperative());
    }

    void run(Stream stream) {
        launch.on(stream);
    }

    @Override
    public void close() {
        image.close();
    }
}
