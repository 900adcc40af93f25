package io.consort.runtime.backend.cuda;

import io.consort.runtime.backend.cuda.driver.Context;
import io.consort.runtime.backend.cuda.driver.Stream;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Makes programs of work: while it is open, operations are collected instead of launched. Devices of
 * compute capability 9.0 run them; {@code -Dconsort.programs=false} turns them off.
 */
final class Programs {

    private final Context context;
    private final Kernels kernels;
    private final Stream stream;
    private final Supplier<ProgramStep.Choice> choice;
    private Optional<ProgramBuilder> building = Optional.empty();

    /**
     * @param choice of the row that a program ends with
     */
    Programs(Context context, Kernels kernels, Stream stream, Supplier<ProgramStep.Choice> choice) {
        this.context = context;
        this.kernels = kernels;
        this.stream = stream;
        this.choice = choice;
    }

    /** Whether a device runs them. */
    static boolean arePossible(Context context) {
        return context.device().isHopper()
                && !"false".equals(System.getProperty("consort.programs"));
    }

    /** Whether operations are collected now. */
    boolean isOpen() {
        return building.isPresent();
    }

    /** What collects them. */
    ProgramBuilder open() {
        return building.orElseThrow();
    }

    /** Whether operations are collected now; if so, there is one that programs do not know. */
    boolean refuse() {
        building.ifPresent(ProgramBuilder::refuse);
        return isOpen();
    }

    /** The program of some work; empty where it has operations that programs do not know. */
    Optional<Program> build(Runnable work) {
        if (!arePossible(context)) {
            return Optional.empty();
        }
        ProgramBuilder builder = new ProgramBuilder();
        building = Optional.of(builder);
        try {
            work.run();
        } finally {
            building = Optional.empty();
        }
        return builder.code().map(this::program);
    }

    private Program program(ProgramCode code) {
        Optional<ProgramStep.Choice> chosen =
                code.endsWithRow() ? Optional.of(choice.get()) : Optional.empty();
        ProgramStep step = new ProgramStep(code, chosen);
        return new Program(step, LoadedProgram.load(context, kernels, stream, List.of(step)));
    }
}
