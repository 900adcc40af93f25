package io.consort.runtime.local;

import io.consort.experts.GuardSettings;
import io.consort.runtime.backend.cpu.CpuBackend;
import io.consort.runtime.engine.Engine;
import io.consort.runtime.engine.EngineModel;
import io.consort.runtime.local.LocalExpert.Surroundings;
import io.consort.runtime.local.LocalModel.Text;
import io.consort.runtime.model.Checkpoint;
import io.consort.runtime.model.DecoderModel;
import io.consort.runtime.model.GoldenFolders;
import io.consort.runtime.text.ChatTemplate;
import io.consort.runtime.text.FakeTokenizer;
import io.consort.runtime.text.TestTokenizers;
import io.consort.runtime.text.Tokenizer;
import io.consort.runtime.weights.Footprint;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Local models and checkpoint folders for tests. */
final class LocalModels {

    private LocalModels() {}

    /** A folder with golden weights, a byte-level tokenizer and a template. */
    static Path checkpoint(Path folder) {
        GoldenFolders.copy("llama-gqa", folder);
        TestTokenizers.writeByteLevel(folder);
        TestTokenizers.writeTemplate(folder);
        TestTokenizers.writeDefaults(folder, 40);
        return folder;
    }

    /** An expert of a decoder whose tokens are bytes, prompted with the last message as it is. */
    static LocalExpert expert(Engine engine, DecoderModel decoder, int blocks) {
        return expert(engine, engine.add(decoder, blocks));
    }

    static LocalExpert expert(Engine engine, EngineModel engineModel) {
        return expert(engine, engineModel, GuardSettings.DEFAULT.timeout());
    }

    static LocalExpert expert(Engine engine, EngineModel engineModel, Duration timeout) {
        Tokenizer tokenizer = new FakeTokenizer();
        ChatTemplate template = ChatTemplate.of("{{ messages[-1].content }}", Map.of(), tokenizer);
        GenerationDefaults defaults =
                new GenerationDefaults(
                        0, OptionalInt.empty(), OptionalDouble.empty(), OptionalInt.empty());
        Checkpoint checkpoint = Checkpoint.open(GoldenFolders.named("llama-gqa"));
        LocalModel model =
                new LocalModel(
                        checkpoint,
                        new Footprint(0, 0),
                        engineModel.model(),
                        engineModel,
                        new PermanentHosting(new CpuBackend(1, 1 << 20), MemoryRoom.ofMachine())
                                .berth(checkpoint.path(), 0),
                        new Text(tokenizer, template, defaults));
        Surroundings surroundings =
                new Surroundings(engine, () -> 7, task -> Thread.startVirtualThread(task));
        return new LocalExpert("fake", "", model, timeout, surroundings, model::close);
    }
}
