package io.consort.runtime.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.experts.chat.FinishReason;
import io.consort.runtime.backend.cpu.CpuBackend;
import io.consort.runtime.engine.Engine;
import io.consort.runtime.engine.EngineException;
import io.consort.runtime.engine.EngineModel;
import io.consort.runtime.engine.EngineSettings;
import io.consort.runtime.engine.Generation;
import io.consort.runtime.engine.Sampler;
import io.consort.runtime.engine.TokenChoice;
import io.consort.runtime.engine.TokenSink;
import io.consort.runtime.model.Checkpoint;
import io.consort.runtime.model.DecoderModel;
import io.consort.runtime.model.Models;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The engine decodes as the checkpoint's own library does, whatever the lengths do to the rotation. */
class EngineParityTest {

    private static final class Listener implements TokenSink {

        private final List<Integer> tokens = new ArrayList<>();
        private final CompletableFuture<List<Integer>> whole = new CompletableFuture<>();

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
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "llama-gqa",
                "mistral-window",
                "gemma2-softcap",
                "gemma3-local-global",
                "llama-yarn",
                "phi3-longrope"
            })
    void greedyDecodingThroughTheEngineGivesTheGoldenIds(String name) {
        Path folder = Path.of("src/test/resources/golden", name);
        try (Checkpoint checkpoint = Checkpoint.open(folder);
                CpuBackend backend = CpuBackend.ofMachine();
                DecoderModel decoder = Models.load(checkpoint, backend);
                Engine engine = Engine.start("test", EngineSettings.DEFAULT)) {
            Golden golden = Golden.read(folder, checkpoint.config());
            int[] expected =
                    Arrays.copyOfRange(golden.greedy(), golden.prompt(), golden.greedy().length);
            EngineModel model = engine.add(decoder, 16);
            Listener listener = new Listener();
            var handle =
                    engine.submit(
                            model,
                            new Generation(
                                    Arrays.copyOf(golden.greedy(), golden.prompt()),
                                    expected.length,
                                    Set.of(),
                                    new Sampler.Greedy(),
                                    OptionalInt.empty(),
                                    OptionalLong.empty()),
                            listener);

            assertThat(handle).isNotNull();
            assertThat(listener.whole.orTimeout(60, TimeUnit.SECONDS).join())
                    .isEqualTo(Arrays.stream(expected).boxed().toList());
        }
    }
}
