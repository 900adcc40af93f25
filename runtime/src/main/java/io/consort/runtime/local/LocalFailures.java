package io.consort.runtime.local;

import io.consort.experts.chat.ExpertException;
import io.consort.experts.chat.ExpertException.Kind;
import io.consort.runtime.engine.EngineException;

/** What the engine's failures mean to somebody who asked an expert. */
final class LocalFailures {

    private LocalFailures() {}

    static ExpertException closed() {
        return ExpertException.of(Kind.UNREACHABLE, "the local model has been closed");
    }

    static ExpertException cancelled() {
        return ExpertException.of(Kind.CANCELLED, "the call was cancelled");
    }

    static ExpertException of(RuntimeException failure) {
        return switch (failure) {
            case ExpertException known -> known;
            case EngineException engine ->
                    ExpertException.of(kind(engine.reason()), String.valueOf(engine.getMessage()));
            default -> ExpertException.of(Kind.UPSTREAM, "the local model failed: " + failure);
        };
    }

    private static Kind kind(EngineException.Reason reason) {
        return switch (reason) {
            case BUSY -> Kind.OVERLOADED;
            case CLOSED, NO_WEIGHTS -> Kind.UNREACHABLE;
            case LATE -> Kind.TIMEOUT;
            case MODEL_FAILED -> Kind.UPSTREAM;
            case NOT_A_NUMBER -> Kind.GARBLED;
        };
    }
}
