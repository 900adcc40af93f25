package io.consort.runtime.engine;

import io.consort.runtime.model.WarmUp;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;

/** Warms models up, one after the other, while the engine has nothing else to do. Confined to it. */
final class WarmUps {

    /** A model on its way, and its claim on the weights. */
    private record Warming(EngineModel model, WarmUp warmUp, Stay stay) {

        @SuppressWarnings("EmptyCatch") // What fails here fails again where it matters.
        void end() {
            try {
                model.model().settle();
                warmUp.close();
            } catch (RuntimeException failure) {
                // The claim ends all the same.
            } finally {
                stay.close();
            }
        }
    }

    private final Queue<Warming> queue = new ArrayDeque<>();

    /** @param changed runs when the model's weights have come */
    void add(EngineModel model, Duration duration, Runnable changed) {
        queue.add(
                new Warming(
                        model,
                        new WarmUp(model.model(), duration),
                        model.residence().ask(changed)));
    }

    /** Leaves a model as it is. */
    void remove(EngineModel model) {
        queue.removeIf(warming -> {
            boolean asked = warming.model() == model;
            if (asked) {
                warming.end();
            }
            return asked;
        });
    }

    /** Somebody computes, which warms as well: whoever has only borrowed weights gives them back. */
    void giveWay() {
        queue.removeIf(warming -> {
            boolean borrowed = !warming.stay().equals(Stay.PERMANENT);
            if (borrowed) {
                warming.end();
            }
            return borrowed;
        });
    }

    /**
     * One pass. What fails here will fail, and be told, where somebody asks for an answer.
     *
     * @return whether there was something to do
     */
    boolean step() {
        Warming next = queue.peek();
        if (next == null || (next.stay().granted().isEmpty() && next.stay().refused().isEmpty())) {
            return false;
        }
        boolean goOn = false;
        try {
            goOn = next.stay().granted().isPresent() && next.warmUp().step();
        } finally {
            if (!goOn) {
                queue.remove();
                next.end();
            }
        }
        return true;
    }
}
