package io.consort.runtime.backend.cuda;

import io.consort.runtime.backend.cuda.driver.Stream;

/** Recorded work that can run as often as wanted. */
sealed interface Recorded extends AutoCloseable permits Program, RecordedGraph {

    /** Submits all of it. */
    void run(Stream stream);

    @Override
    void close();
}
