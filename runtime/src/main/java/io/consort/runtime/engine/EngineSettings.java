package io.consort.runtime.engine;

/**
 * How much an engine takes on.
 *
 * @param batch sequences of one model that are worked on together
 * @param stepTokens new positions of one pass, which bounds how long a long prompt holds up others;
 *     more than {@code batch}, so that prompts go on whoever else writes
 * @param waiting further sequences of one model that may wait; more are refused
 * @param reuse whether sequences that begin alike share what was computed for their beginning
 */
public record EngineSettings(int batch, int stepTokens, int waiting, boolean reuse) {

    /** For a device that a few dozen people share. */
    public static final EngineSettings DEFAULT = new EngineSettings(32, 256, 256);

    public EngineSettings {
        require(batch >= 1, "batch", "at least 1");
        require(stepTokens > batch, "stepTokens", "larger than `batch`");
        require(waiting >= 1, "waiting", "at least 1");
    }

    /** Settings under which beginnings are shared. */
    public EngineSettings(int batch, int stepTokens, int waiting) {
        this(batch, stepTokens, waiting, true);
    }

    /** The same without sharing. */
    public EngineSettings withoutReuse() {
        return new EngineSettings(batch, stepTokens, waiting, false);
    }

    /** Sequences of one model at most. */
    int sequences() {
        return batch + waiting;
    }

    private static void require(boolean condition, String field, String remedy) {
        if (!condition) {
            throw new IllegalArgumentException("`%s` must be %s".formatted(field, remedy));
        }
    }
}
