package io.consort.runtime.backend.cuda;

import io.consort.runtime.backend.cuda.driver.GraphExec;
import io.consort.runtime.backend.cuda.driver.Stream;

/** Recorded work that can run as often as wanted. */
sealed interface Recorded extends AutoCloseable permits Program, RecordedGraph {

    /** Submits all of it. */
    void run(Stream stream);

    @Override
    void close();
}

/** A graph of launches. */
record RecordedGraph(GraphExec graph) implements Recorded {

    @Override
    public void run(Stream stream) {
        graph.launch(stream);
    }

    @Override
    public void close() {
        graph.close();
    }
}
