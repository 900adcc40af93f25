package io.consort.runtime.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Gives the models of a device their turns, one after the other. Confined to the engine's thread. */
final class Scheduler {

    private final List<EngineModel> models = new ArrayList<>();
    private int next;

    void add(EngineModel model) {
        models.add(model);
    }

    void remove(EngineModel model) {
        models.remove(model);
        next = 0;
    }

    List<EngineModel> models() {
        return List.copyOf(models);
    }

    /**
     * A model that has something to compute, and what; models without are passed over. Those whose
     * weights are still arriving have to wait for them in a pass, so they come last.
     */
    Optional<Scheduled> schedule() {
        Optional<Scheduled> scheduled = next(model -> model.residence().isWhole());
        return scheduled.isPresent() ? scheduled : next(model -> !model.residence().isWhole());
    }

    private Optional<Scheduled> next(Predicate<EngineModel> condition) {
        for (int i = 0; i < models.size(); i++) {
            EngineModel model = models.get((next + i) % models.size());
            Optional<Turn> turn =
                    condition.test(model) ? model.lane().nextTurn() : Optional.empty();
            if (turn.isPresent()) {
                next = (next + i + 1) % models.size();
                return Optional.of(new Scheduled(model, turn.get()));
            }
        }
        return Optional.empty();
    }

    /** A model and its turn. */
    record Scheduled(EngineModel model, Turn turn) {}
}
