package io.consort.runtime.backend.cuda;

import io.consort.runtime.backend.cuda.driver.Graph;
import io.consort.runtime.backend.cuda.driver.GraphExec;
import io.consort.runtime.backend.cuda.driver.Stream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Recorded work of one stream, as CUDA graphs. Work runs as it is the first time, so that all memory is
 * there; it is recorded the second time, and from then on the record runs.
 */
final class Records implements AutoCloseable {

    /**
     * What makes work the same.
     *
     * @param work its name
     * @param rows of the step
     * @param store whose cache it uses
     * @param shares into how many pieces sequences are shared out
     * @param begin state of the scratch stack before it
     */
    record Key(Object work, int rows, CudaKvStore store, int shares, long begin) {}

    private record Kept(GraphExec graph, Object result, long end) {}

    private final Stream stream;
    private final Scratch scratch;
    private final Map<Key, Kept> kept = new HashMap<>();
    private final Set<Key> seen = new HashSet<>();

    Records(Stream stream, Scratch scratch) {
        this.stream = stream;
        this.scratch = scratch;
    }

    /** Runs work, by its record where there is one. */
    @SuppressWarnings("unchecked") // The same work gives results of the same type.
    <T> T run(Key key, Supplier<T> body) {
        Kept record = kept.get(key);
        if (record == null && seen.contains(key)) {
            record = capture(key, body);
        }
        if (record == null) {
            seen.add(key);
            return body.get();
        }
        record.graph().launch(stream);
        scratch.moveTo(record.end());
        return (T) record.result();
    }

    private <T> Kept capture(Key key, Supplier<T> body) {
        Object[] result = new Object[1];
        try (Graph graph = stream.capture(() -> result[0] = body.get())) {
            Kept record = new Kept(graph.instantiate(), result[0], scratch.position());
            kept.put(key, record);
            return record;
        }
    }

    /** Forgets the work on a cache. */
    void forget(CudaKvStore store) {
        seen.removeIf(key -> key.store() == store);
        kept.entrySet()
                .removeIf(entry -> {
                    boolean gone = entry.getKey().store() == store;
                    if (gone) {
                        entry.getValue().graph().close();
                    }
                    return gone;
                });
    }

    /** Forgets everything. */
    void clear() {
        kept.values().forEach(record -> record.graph().close());
        kept.clear();
        seen.clear();
    }

    /** How many records there are. */
    int count() {
        return kept.size();
    }

    @Override
    public void close() {
        clear();
    }
}
