package io.consort.router.policy;

/** Has experts write. */
@FunctionalInterface
public interface Scribe {

    /** Knows no expert that could write. */
    Scribe NOBODY =
            (expert, _) -> {
                throw new IllegalStateException(
                        "no expert is open here to write, not even " + expert);
            };

    /**
     * The expert's answer to a request; blocks meanwhile.
     *
     * @throws RuntimeException when it does not answer
     */
    String write(String expert, String request);
}
