package io.consort.runtime.weights;

import java.nio.file.Path;

/** A checkpoint cannot be used. The message names the file, what is wrong in it and the remedy. */
public final class CheckpointException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param problem what is wrong
     * @param remedy what to do about it, as an order
     */
    public CheckpointException(Path file, String problem, String remedy) {
        super("%s: %s; %s".formatted(file, problem, remedy));
    }
}
