package io.consort.router.policy;

/** A policy or the map lacks what it needs; the message names it, the artefact and the remedy. */
public final class ArtefactException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private ArtefactException(String message) {
        super(message, null, false, false);
    }

    /** A policy cannot be used. */
    public ArtefactException(String policy, String problem) {
        this("The policy `%s` cannot be used: %s".formatted(policy, problem));
    }

    /** The map that a catalog plans cannot be found. */
    static ArtefactException ofMap(String problem) {
        return new ArtefactException("The `map` of the catalog cannot be found: " + problem);
    }
}
