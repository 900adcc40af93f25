package io.consort.runtime.backend.cuda;

import io.consort.runtime.backend.cuda.driver.DeviceMemory;
import io.consort.runtime.backend.cuda.driver.Launch;
import io.consort.runtime.backend.cuda.driver.Stream;

/**
 * A whole step as one launch of {@code run_program}.
 *
 * @param instructions which it owns, with the tensor maps that they name
 */
record Program(DeviceMemory instructions, Launch launch) implements Recorded {

    @Override
    public void run(Stream stream) {
        launch.on(stream);
    }

    @Override
    public void close() {
        instructions.close();
    }
}
