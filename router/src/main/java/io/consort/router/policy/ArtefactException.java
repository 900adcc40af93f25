package io.consort.router.policy;

/** A policy lacks what it needs; the message names policy, artefact and remedy. */
public final class ArtefactException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** A policy cannot be used. */
    public ArtefactException(String policy, String problem) {
        super("The policy `%s` cannot be used: %s".formatted(policy, problem), null, false, false);
    }
}
