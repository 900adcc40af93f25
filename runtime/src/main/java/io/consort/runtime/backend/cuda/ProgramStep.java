package io.consort.runtime.backend.cuda;

import java.util.Optional;

/** A step of one sequence as a program does it, and what becomes of the row that it ends with. */
record ProgramStep(ProgramCode code, Optional<Choice> choice) {

    /**
     * The most probable token.
     *
     * @param chosen two places, of which the one for even or odd positions receives it
     * @param token of the next step, which becomes the same
     * @param position of the step, which becomes one more
     */
    record Choice(long chosen, long token, long position) {}
}
