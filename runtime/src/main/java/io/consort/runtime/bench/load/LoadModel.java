package io.consort.runtime.bench.load;

import io.consort.experts.chat.FinishReason;
import io.consort.runtime.backend.Backend;
import io.consort.runtime.engine.Engine;
import io.consort.runtime.engine.EngineException;
import io.consort.runtime.engine.EngineModel;
import io.consort.runtime.engine.EngineSettings;
import io.consort.runtime.engine.Generation;
import io.consort.runtime.engine.TokenChoice;
import io.consort.runtime.engine.TokenSink;
import io.consort.runtime.model.Checkpoint;
import io.consort.runtime.model.DecoderModel;
import io.consort.runtime.model.KvCache;
import io.consort.runtime.model.Models;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A model under load: its questions, and how it answers each when it has nothing else to do. */
final class LoadModel implements AutoCloseable {

    private static final int QUESTIONS = 96;
    private static final int LONGEST = 512;

    private final Checkpoint checkpoint;
    private final DecoderModel decoder;
    private final EngineModel running;
    private final List<Generation> questions;
    private final List<List<Integer>> alone;

    /** Loads a folder and has every question answered alone, with nothing shared. */
    LoadModel(Path folder, Backend backend, Engine engine) {
        checkpoint = Checkpoint.open(folder);
        decoder = Models.load(checkpoint, backend);
        int positions = Math.min(LONGEST, decoder.config().context());
        questions = Questions.of(folder, QUESTIONS, positions);
        int blocks = KvCache.blocksFor(positions);
        EngineSettings defaults = EngineSettings.DEFAULT;
        try (Engine apart = Engine.start("alone", defaults.withoutReuse());
                EngineModel one = apart.add(decoder, blocks)) {
            alone = questions.stream().map(question -> answer(apart, one, question)).toList();
        }
        running = engine.add(decoder, defaults.batch() * blocks);
    }

    EngineModel running() {
        return running;
    }

    List<Generation> questions() {
        return questions;
    }

    /** The tokens of each question's answer. */
    List<List<Integer>> alone() {
        return alone;
    }

    private static List<Integer> answer(Engine engine, EngineModel model, Generation question) {
        List<Integer> tokens = new ArrayList<>();
        CompletableFuture<List<Integer>> whole = new CompletableFuture<>();
        var _ =
                engine.submit(
                        model,
                        question,
                        new TokenSink() {
                            @Override
                            public boolean ready() {
                                return true;
                            }

                            @Override
                            public boolean token(TokenChoice choice) {
                                tokens.add(choice.token());
                                return true;
                            }

                            @Override
                            public void end(FinishReason reason) {
                                whole.complete(List.copyOf(tokens));
                            }

                            @Override
                            public void failed(EngineException failure) {
                                whole.completeExceptionally(failure);
                            }
                        });
        return whole.join();
    }

    @Override
    public void close() {
        running.close();
        decoder.close();
        checkpoint.close();
    }
}
