package io.consort.runtime.backend.cuda;

import io.consort.runtime.backend.Chosen;
import io.consort.runtime.backend.KvStore;
import io.consort.runtime.backend.Step;
import io.consort.runtime.backend.cuda.driver.Event;
import io.consort.runtime.backend.cuda.driver.PinnedMemory;
import io.consort.runtime.backend.cuda.driver.Stream;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Decoding ahead of the host. A recorded step that chooses tokens leaves them, and the
 * positions after them, where the next step reads its own. So the next step is submitted before the host
 * has seen them, once a step was the continuation of the one before; when the host then asks for just
 * that step, it has begun already. When it asks for another one, the step ahead was in vain: what it
 * wrote lies behind the ends of its sequences. {@code -Dconsort.ahead=false} turns it off.
 */
final class Ahead implements AutoCloseable {

    private static final int PLACES = 2; // of a row's choice: even and odd positions

    /** A step whose record has run, or is held. */
    record Run(Step step, CudaKvStore store, Records.Key key, Records.Kept record) {

        /** Whether there is room for one more position of every sequence. */
        boolean hasRoom() {
            return step.spans().stream()
                    .allMatch(
                            span -> span.start() + 1 < (long) span.blocks().length * KvStore.BLOCK);
        }

        /** Whether a step goes on where this one chose these tokens. */
        boolean isFollowedBy(Step next, CudaKvStore nextStore, int[] chosen) {
            return nextStore == store
                    && Arrays.equals(next.tokens(), chosen)
                    && continues(step.spans(), next.spans());
        }

        private static boolean continues(List<Step.Span> before, List<Step.Span> after) {
            for (int i = 0; i < before.size(); i++) {
                Step.Span old = before.get(i);
                Step.Span span = after.get(i);
                if (span.rows() != 1
                        || span.start() != old.start() + 1
                        || !Arrays.equals(span.blocks(), old.blocks())) {
                    return false;
                }
            }
            return true;
        }
    }

    private final boolean on = !"false".equals(System.getProperty("consort.ahead"));
    private final int rows;
    private final PinnedMemory chosen; // log-probabilities, then tokens
    private final Event done;
    private Optional<Run> last = Optional.empty();
    private int[] tokens = new int[0];
    private boolean submitted;
    private boolean steady;
    private Optional<Run> taken = Optional.empty();

    Ahead(Stream stream, int rows) {
        this.rows = rows;
        this.chosen =
                PinnedMemory.allocate(
                        stream.context(), (long) PLACES * (Double.BYTES + Integer.BYTES) * rows);
        this.done = Event.create(stream.context());
    }

    /** Where choices go: {@link #PLACES} numbers for each row. */
    long chosenAt() {
        return chosen.segment().address() + tokensAt();
    }

    /** Where log-probabilities go: as many. */
    long logprobsAt() {
        return chosen.segment().address();
    }

    private long tokensAt() {
        return (long) PLACES * Double.BYTES * rows;
    }

    /**
     * Begins a step.
     *
     * @return whether it has been submitted already
     */
    boolean begin(Step next, CudaKvStore store) {
        steady = last.isPresent() && last.get().isFollowedBy(next, store, tokens);
        taken = steady && submitted ? last : Optional.empty();
        last = Optional.empty();
        submitted = false;
        return taken.isPresent();
    }

    /** The record of the step that was submitted already, if the same work is asked for. */
    Optional<Records.Kept> taken(Records.Key key) {
        return taken.filter(run -> run.key().equals(key)).map(Run::record);
    }

    /** Whether the step under way was submitted before it was asked for. */
    boolean isTaken() {
        return taken.isPresent();
    }

    /** Says that the step under way has to run anew. */
    void giveUp() {
        taken = Optional.empty();
        steady = false;
    }

    /** Marks the end of the step under way, all of which is submitted. */
    void mark(Stream stream) {
        stream.record(done);
    }

    /** Whether the step after a run should be submitted now. */
    boolean shouldGoOn(Run run) {
        return on && steady && run.hasRoom();
    }

    /** Says that the step after the one under way is submitted. */
    void submitted() {
        submitted = true;
    }

    /** Waits for the marked step's choices. */
    Chosen choices(Run run) {
        done.synchronize();
        int[] read = new int[run.step().rows()];
        double[] logprobs = new double[read.length];
        for (int row = 0; row < read.length; row++) {
            int place = PLACES * row + run.step().spans().get(row).start() % PLACES;
            long offset = tokensAt() + (long) Integer.BYTES * place;
            read[row] = chosen.segment().get(ValueLayout.JAVA_INT, offset);
            logprobs[row] = chosen.segment().getAtIndex(ValueLayout.JAVA_DOUBLE, place);
        }
        last = Optional.of(run);
        tokens = read.clone();
        return new Chosen(read, logprobs);
    }

    @Override
    public void close() {
        done.close();
        chosen.close();
    }
}
