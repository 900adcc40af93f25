package io.consort.runtime.backend.cuda;

import io.consort.runtime.backend.cuda.driver.Graph;
import io.consort.runtime.backend.cuda.driver.Stream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Recorded work of one stream, as programs and as CUDA graphs. Work runs as it is the first time, so that all memory is
 * there; it is recorded the second time, and from then on there is a record.
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

    /**
     * A record.
     *
     * @param result what the work gives
     * @param end state of the scratch stack after it
     */
    record Kept(Recorded work, Object result, long end) {}

    private final Stream stream;
    private final Scratch scratch;
    private final Programs programs;
    private final Map<Key, Kept> kept = new HashMap<>();
    private final Set<Key> seen = new HashSet<>();

    Records(Stream stream, Scratch scratch, Programs programs) {
        this.stream = stream;
        this.scratch = scratch;
        this.programs = programs;
    }

    /** The record of work, made the second time that it is asked for; it has not run. */
    <T> Optional<Kept> of(Key key, Supplier<T> body) {
        Kept record = kept.get(key);
        if (record == null && seen.contains(key)) {
            record = make(key, body);
        }
        seen.add(key);
        return Optional.ofNullable(record);
    }

    /** As one program where that is possible, else as a graph. */
    private <T> Kept make(Key key, Supplier<T> body) {
        long begin = scratch.position();
        Object[] result = new Object[1];
        Optional<Program> program =
                key.rows() == 1 ? programs.build(() -> result[0] = body.get()) : Optional.empty();
        if (program.isEmpty()) {
            scratch.moveTo(begin);
            return capture(key, body);
        }
        Kept record = new Kept(program.get(), result[0], scratch.position());
        kept.put(key, record);
        return record;
    }

    private <T> Kept capture(Key key, Supplier<T> body) {
        Object[] result = new Object[1];
        try (Graph graph = stream.capture(() -> result[0] = body.get())) {
            Recorded ready = new RecordedGraph(graph.instantiate());
            Kept record = new Kept(ready, result[0], scratch.position());
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
                        entry.getValue().work().close();
                    }
                    return gone;
                });
    }

    /** Forgets everything. */
    void clear() {
        kept.values().forEach(record -> record.work().close());
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
