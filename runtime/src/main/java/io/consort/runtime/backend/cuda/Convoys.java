package io.consort.runtime.backend.cuda;

import io.consort.runtime.backend.cuda.driver.Context;
import io.consort.runtime.backend.cuda.driver.Event;
import io.consort.runtime.backend.cuda.driver.Stream;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Programs of several models that run as one launch: while one model's rows are on their way, others compute.
 * Thread-safe as a whole: one convoy starts at a time.
 */
final class Convoys implements AutoCloseable {

    private static final int MOST_KEPT = 32;

    private final Context context;
    private final Kernels kernels;
    private final Map<List<Program>, LoadedProgram> kept = new LinkedHashMap<>();

    Convoys(Context context, Kernels kernels) {
        this.context = context;
        this.kernels = kernels;
    }

    /** Whether programs can run together. */
    static boolean match(List<Program> programs) {
        ProgramCode first = programs.getFirst().step().code();
        return programs.stream()
                .map(program -> program.step().code())
                .allMatch(code ->
                        code.kernel().equals(first.kernel())
                                && code.instructions().size() == first.instructions().size());
    }

    /**
     * Submits programs that match as one, after all that their streams hold and before all that these
     * get from now on.
     *
     * @param streams of the programs, in their order
     * @param events of these streams, to order them with
     */
    synchronized void run(List<Program> programs, List<Stream> streams, List<Event> events) {
        Stream leader = streams.getFirst();
        for (int i = 1; i < streams.size(); i++) {
            streams.get(i).record(events.get(i));
            leader.waitFor(events.get(i));
        }
        loaded(programs, leader).run(leader);
        leader.record(events.getFirst());
        for (int i = 1; i < streams.size(); i++) {
            streams.get(i).waitFor(events.getFirst());
        }
    }

    private LoadedProgram loaded(List<Program> programs, Stream stream) {
        LoadedProgram known = kept.get(programs);
        if (known != null) {
            return known;
        }
        forgetClosed();
        List<ProgramStep> steps = programs.stream().map(Program::step).toList();
        LoadedProgram made = LoadedProgram.load(context, kernels, stream, steps);
        kept.put(List.copyOf(programs), made);
        return made;
    }

    private void forgetClosed() {
        Iterator<Map.Entry<List<Program>, LoadedProgram>> all = kept.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<List<Program>, LoadedProgram> next = all.next();
            boolean closed = next.getKey().stream().anyMatch(program -> !program.isOpen());
            if (closed || kept.size() >= MOST_KEPT) {
                next.getValue().close();
                all.remove();
            }
        }
    }

    @Override
    public synchronized void close() {
        kept.values().forEach(LoadedProgram::close);
        kept.clear();
    }
}
