package io.consort.runtime.local;

import io.consort.runtime.backend.cuda.driver.CudaException;
import io.consort.runtime.engine.Engine;
import io.consort.runtime.engine.EngineModel;
import io.consort.runtime.engine.EngineSettings;
import io.consort.runtime.local.LocalModel.Text;
import io.consort.runtime.model.Checkpoint;
import io.consort.runtime.model.DecoderModel;
import io.consort.runtime.model.Models;
import io.consort.runtime.text.ChatTemplate;
import io.consort.runtime.text.HuggingFaceTokenizer;
import io.consort.runtime.text.Tokenizer;
import io.consort.runtime.tiers.TierException;
import io.consort.runtime.weights.CheckpointException;
import io.consort.runtime.weights.Footprint;
import java.nio.file.Path;

/** Brings checkpoints into an engine, or leaves nothing behind. */
record CheckpointLoader(Hosting hosting, Engine engine, EngineSettings settings) {

    /**
     * @param mapped bytes of weights that other models have mapped
     * @throws CheckpointException naming the file, what is wrong and the remedy
     */
    LocalModel load(Path path, long mapped) {
        Checkpoint checkpoint = Checkpoint.open(path);
        try {
            return withText(checkpoint, mapped);
        } catch (CudaException | TierException failure) {
            checkpoint.close();
            throw new CheckpointException(
                    path,
                    "it cannot be brought to the device: " + failure.getMessage(),
                    "free device memory, or write `backend: cpu`");
        } catch (RuntimeException e) {
            checkpoint.close();
            throw e;
        }
    }

    private LocalModel withText(Checkpoint checkpoint, long mapped) {
        Path path = checkpoint.path();
        GenerationDefaults defaults = GenerationDefaults.read(path);
        Tokenizer tokenizer = HuggingFaceTokenizer.open(path);
        try {
            Text text = new Text(tokenizer, ChatTemplate.open(path, tokenizer), defaults);
            return withModel(checkpoint, text, mapped);
        } catch (RuntimeException e) {
            tokenizer.close();
            throw e;
        }
    }

    private LocalModel withModel(Checkpoint checkpoint, Text text, long mapped) {
        Berth berth = hosting.berth(checkpoint.path(), checkpoint.weights().bytes());
        try {
            return withBerth(checkpoint, text, mapped, berth);
        } catch (RuntimeException e) {
            berth.close();
            throw e;
        }
    }

    private LocalModel withBerth(Checkpoint checkpoint, Text text, long mapped, Berth berth) {
        Footprint weights = Models.footprint(checkpoint, berth.backend());
        MemoryPlan.requireWeights(checkpoint.path(), weights, mapped, berth.room());
        DecoderModel decoder = Models.load(checkpoint, berth.backend());
        try {
            MemoryPlan.Needs needs =
                    new MemoryPlan.Needs(decoder.cacheBytesPerBlock(), decoder.config().context());
            int blocks =
                    MemoryPlan.cacheBlocks(
                            checkpoint.path(), needs, settings.batch(), berth.room());
            EngineModel engineModel = engine.add(decoder, blocks, berth.residence());
            return admitted(new LocalModel(checkpoint, weights, decoder, engineModel, berth, text));
        } catch (RuntimeException e) {
            decoder.close();
            throw e;
        }
    }

    private static LocalModel admitted(LocalModel model) {
        try {
            model.berth().admit();
            return model;
        } catch (TierException refused) {
            model.engineModel().close();
            throw refused;
        }
    }
}
