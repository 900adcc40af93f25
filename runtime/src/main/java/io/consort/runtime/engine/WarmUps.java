package io.consort.runtime.engine;

import io.consort.runtime.model.WarmUp;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;

/** Warms models up, one after the other, while the engine has nothing else to do. Confined to it. */
final class WarmUps {

    /** A model on its way. */
    private record Warming(EngineModel model, WarmUp warmUp) {}

    private final Queue<Warming> queue = new ArrayDeque<>();

    void add(EngineModel model, Duration duration) {
        queue.add(new Warming(model, new WarmUp(model.model(), duration)));
    }

    /** Leaves a model as it is. */
    void remove(EngineModel model) {
        queue.removeIf(warming -> {
            boolean asked = warming.model() == model;
            if (asked) {
                warming.warmUp().close();
            }
            return asked;
        });
    }

    /**
     * One pass. What fails here will fail, and be told, where somebody asks for an answer.
     *
     * @return whether there was something to do
     */
    boolean step() {
        Warming next = queue.peek();
        if (next == null) {
            return false;
        }
        boolean goOn = false;
        try {
            goOn = next.warmUp().step();
        } finally {
            if (!goOn) {
                queue.remove();
                next.warmUp().close();
            }
        }
        return true;
    }
}
