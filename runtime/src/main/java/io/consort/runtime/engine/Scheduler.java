package io.consort.runtime.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Gives the models of a device their turns, one after the other. Confined to the engine's thread. */
final class Scheduler {

    private final List<EngineModel> models = new ArrayList<>(); // the longest unserved ones first

    void add(EngineModel model) {
        models.add(model);
    }

    void remove(EngineModel model) {
        models.remove(model);
    }

    List<EngineModel> models() {
        return List.copyOf(models);
    }

    /**
     * A model that has something to compute, and what; models without are passed over. Those whose
     * weights are still arriving have to wait for them in a pass, so they come last. Where it is a
     * single step, models of its kin get their turns with it.
     */
    List<Scheduled> schedule() {
        Optional<Scheduled> first =
                next(model -> model.residence().isWhole())
                        .or(() -> next(model -> !model.residence().isWhole()));
        List<Scheduled> round = new ArrayList<>();
        first.ifPresent(round::add);
        if (first.isPresent() && first.get().isSingleStep()) {
            addKin(first.get().model(), round);
        }
        for (Scheduled served : round) {
            models.remove(served.model());
            models.add(served.model());
        }
        return round;
    }

    private Optional<Scheduled> next(Predicate<EngineModel> condition) {
        return models.stream().filter(condition).flatMap(Scheduler::turn).findFirst();
    }

    private void addKin(EngineModel first, List<Scheduled> round) {
        models.stream()
                .filter(model -> model != first && model.residence().isWhole())
                .filter(model -> model.model().kin().equals(first.model().kin()))
                .flatMap(Scheduler::turn)
                .forEach(round::add);
    }

    private static Stream<Scheduled> turn(EngineModel model) {
        return model.lane().nextTurn().map(turn -> Scheduled.of(model, turn)).stream();
    }

    /**
     * A model and its turn.
     *
     * @param completed what {@link Turn#completed} is before the turn is computed
     */
    record Scheduled(EngineModel model, Turn turn, List<Sequence> completed) {

        static Scheduled of(EngineModel model, Turn turn) {
            return new Scheduled(model, turn, turn.completed());
        }

        /** Whether it is a single token, which the model can choose itself. */
        boolean isSingleStep() {
            return turn.isSingleStepOf(model.model());
        }
    }
}
