package io.consort.runtime.backend.cuda;

import io.consort.runtime.backend.cuda.driver.GraphExec;
import io.consort.runtime.backend.cuda.driver.Stream;

/** A graph of launches. */
record RecordedGraph(GraphExec graph) implements Recorded {

    @Override
    public boolean chooses() {
        return false;
    }

    @Override
    public void run(Stream stream) {
        graph.launch(stream);
    }

    @Override
    public void close() {
        graph.close();
    }
}
