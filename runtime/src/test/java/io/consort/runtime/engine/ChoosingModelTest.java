package io.consort.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.experts.chat.FinishReason;
import io.consort.runtime.engine.EngineException.Reason;
import io.consort.runtime.model.FakeDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the engine leaves to a model that chooses tokens itself. */
class ChoosingModelTest {

    private static final int VOCABULARY = 300;
    private static final int TOKENS = 30;

    private final FakeDecoder plain = FakeDecoder.hashing(VOCABULARY, 4096);
    private final FakeDecoder choosing = FakeDecoder.hashing(VOCABULARY, 4096);
    private final Engine engine = Engine.start("choosing", new EngineSettings(16, 64, 1000));
    private final EngineModel onHost = engine.add(plain, 100);
    private final EngineModel onDevice = engine.add(choosing, 100);

    ChoosingModelTest() {
        choosing.choosing();
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void drawnAndGreedyAnswersAreTheHostsAndTakeNoLogits() {
        List<Sampler> samplers =
                List.of(
                        sampler(2, OptionalInt.empty(), 5),
                        new Sampler.Greedy(),
                        sampler(0.5, OptionalInt.of(40), 6),
                        sampler(1.5, OptionalInt.of(3), 7));
        List<RecordingSink> host = ask(onHost, samplers, OptionalInt.empty());
        List<RecordingSink> device = ask(onDevice, samplers, OptionalInt.empty());
        for (int i = 0; i < samplers.size(); i++) {
            assertThat(device.get(i).awaitEnd()).isEqualTo(FinishReason.LENGTH);
            assertThat(host.get(i).awaitEnd()).isEqualTo(FinishReason.LENGTH);
            assertThat(device.get(i).tokens()).isEqualTo(host.get(i).tokens());
            assertThat(device.get(i).choices()).allMatch(choice -> choice.likelihood().isEmpty());
        }
        assertThat(choosing.chosen()).isEqualTo(samplers.size() * (long) TOKENS);
        assertThat(plain.chosen()).isZero();
    }

    @Test
    void logProbabilitiesOfTokensAreTheModels() {
        List<Sampler> samplers = List.of(sampler(2, OptionalInt.empty(), 5));
        RecordingSink sink = ask(onDevice, samplers, OptionalInt.of(0)).getFirst();

        sink.awaitEnd();
        assertThat(sink.choices())
                .hasSize(TOKENS)
                .allSatisfy(choice -> {
                    TokenChoice.Likelihood likelihood = choice.likelihood().orElseThrow();
                    assertThat(likelihood.logprob()).isEqualTo(-100 - choice.token());
                    assertThat(likelihood.alternatives()).isEmpty();
                });
    }

    @Test
    void alternativesTakeLogits() {
        List<Sampler> samplers = List.of(sampler(2, OptionalInt.empty(), 5));
        RecordingSink sink = ask(onDevice, samplers, OptionalInt.of(2)).getFirst();
        RecordingSink other = ask(onHost, samplers, OptionalInt.empty()).getFirst();

        sink.awaitEnd();
        other.awaitEnd();
        assertThat(sink.tokens()).isEqualTo(other.tokens());
        assertThat(sink.choices())
                .allMatch(choice -> choice.likelihood().orElseThrow().alternatives().size() == 2);
        assertThat(choosing.chosen()).isZero();
    }

    @Test
    void logitsThatAreNoNumbersFailTheirAnswerAlone() {
        RecordingSink poisoned = new RecordingSink();
        engine.submit(onDevice, generation(FakeDecoder.POISON, new Sampler.Greedy()), poisoned);
        RecordingSink drawn = new RecordingSink();
        Sampler sampler = sampler(1, OptionalInt.of(20), 1);
        engine.submit(onDevice, generation(FakeDecoder.POISON, sampler), drawn);
        RecordingSink good = new RecordingSink();
        engine.submit(onDevice, generation(20, sampler), good);

        assertThat(poisoned.awaitFailure().reason()).isEqualTo(Reason.NOT_A_NUMBER);
        assertThat(drawn.awaitFailure().reason()).isEqualTo(Reason.NOT_A_NUMBER);
        assertThat(good.awaitEnd()).isEqualTo(FinishReason.LENGTH);
    }

    private static Sampler sampler(double temperature, OptionalInt topK, long seed) {
        return Sampler.of(temperature, topK, OptionalDouble.of(0.95), seed);
    }

    private static Generation generation(int firstToken, Sampler sampler) {
        return generation(new int[] {firstToken, 31}, sampler, OptionalInt.empty());
    }

    private static Generation generation(int[] prompt, Sampler sampler, OptionalInt topLogprobs) {
        return new Generation(prompt, TOKENS, Set.of(), sampler, topLogprobs, OptionalLong.empty());
    }

    private List<RecordingSink> ask(
            EngineModel model, List<Sampler> samplers, OptionalInt topLogprobs) {
        List<RecordingSink> sinks = new ArrayList<>();
        for (Sampler sampler : samplers) {
            RecordingSink sink = new RecordingSink();
            int[] prompt = {30, 31, 40 + sinks.size()};
            engine.submit(model, generation(prompt, sampler, topLogprobs), sink);
            sinks.add(sink);
        }
        return sinks;
    }
}
