package io.consort.runtime.backend.cuda;

import io.consort.runtime.backend.cuda.driver.Stream;

/** Recorded work that can run as often as wanted. */
sealed interface Recorded extends AutoCloseable permits Program, RecordedGraph {

    /** Submits all of it. */
    void run(Stream stream);

    /** Whether it chooses the most probable token of the row that it ends with, and gives it to the next step. */
    boolean chooses();

    @Override
    void close();
}
