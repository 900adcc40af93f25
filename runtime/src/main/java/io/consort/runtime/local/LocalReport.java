package io.consort.runtime.local;

import io.consort.runtime.engine.EngineModel;
import java.util.List;

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
     */
    public record Model(
            List<String> experts, String backend, long weightBytes, EngineModel.Load load) {
        public Model {
            experts = List.copyOf(experts);
        }
    }

    public LocalReport {
        models = List.copyOf(models);
    }
}
