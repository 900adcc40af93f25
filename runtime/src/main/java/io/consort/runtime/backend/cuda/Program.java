package io.consort.runtime.backend.cuda;

import io.consort.runtime.backend.cuda.driver.Stream;

/** A whole step of one sequence as one launch. */
final class Program implements Recorded {

    private final ProgramStep step;
    private final LoadedProgram loaded;
    private boolean open = true;

    Program(ProgramStep step, LoadedProgram loaded) {
        this.step = step;
        this.loaded = loaded;
    }

    ProgramStep step() {
        return step;
    }

    /** Whether it may still run. */
    boolean isOpen() {
        return open;
    }

    @Override
    public boolean chooses() {
        return step.choice().isPresent();
    }

    @Override
    public void run(Stream stream) {
        loaded.run(stream);
    }

    @Override
    public void close() {
        open = false;
        loaded.close();
    }
}
