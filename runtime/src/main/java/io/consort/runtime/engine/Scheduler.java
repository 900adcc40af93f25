package io.consort.runtime.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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

    /** A model that has something to compute, and what; models without are passed over. */
    Optional<Scheduled> schedule() {
        for (int i = 0; i < models.size(); i++) {
            EngineModel model = models.get((next + i) % models.size());
            Optional<Turn> turn = model.lane().nextTurn();
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
