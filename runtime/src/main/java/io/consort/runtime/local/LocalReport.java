package io.consort.runtime.local;

import io.consort.runtime.engine.EngineModel;
import io.consort.runtime.tiers.Residency.Standing;
import java.util.List;
import java.util.Optional;

/**
 * What runs inside this process, as of one moment.
 *
 * @param cuda whether CUDA is on, and why not, in words
 */
public record LocalReport(String cuda, List<Model> models) {

    /**
     * A loaded model.
     *
     * @param experts who answer with it
     * @param backend what it runs on
     * @param weightBytes of its checkpoint
     * @param load what it is busy with
     * @param standing where its weights are, where they come and go
     */
    public record Model(
            List<String> experts,
            String backend,
            long weightBytes,
            EngineModel.Load load,
            Optional<Standing> standing) {
        public Model {
            experts = List.copyOf(experts);
        }
    }

    public LocalReport {
        models = List.copyOf(models);
    }
}
