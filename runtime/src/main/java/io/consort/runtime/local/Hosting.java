package io.consort.runtime.local;

import java.nio.file.Path;

/** How a device takes models on. Thread-safe. */
interface Hosting extends AutoCloseable {

    /** The device's name in reports. */
    String name();

    /**
     * A place for one more model; closed after the model.
     *
     * @param weightBytes of the checkpoint's files
     */
    Berth berth(Path checkpoint, long weightBytes);

    /** Gives the device back; all berths are closed. */
    @Override
    void close();
}
