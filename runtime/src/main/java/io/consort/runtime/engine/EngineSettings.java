package io.consort.runtime.engine;

/**
 * How much an engine takes on.
 *
 * @param batch sequences of one model that are worked on together
 * @param stepTokens new positions of one pass, which bounds how long a long prompt holds up others;
 *     at least {@code batch}
 * @param waiting further sequences of one model that may wait; more are refused
 */
public record EngineSettings(int batch, int stepTokens, int waiting) {

    /** For a device that a few dozen people share. */
    public static final EngineSettings DEFAULT = new EngineSettings(32, 256, 256);

    public EngineSettings {
        require(batch >= 1, "batch", "at least 1");
        require(stepTokens >= batch, "stepTokens", "at least as large as `batch`");
        require(waiting >= 1, "waiting", "at least 1");
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
