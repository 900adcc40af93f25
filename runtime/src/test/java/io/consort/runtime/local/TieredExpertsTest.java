package io.consort.runtime.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.experts.Expert;
import io.consort.experts.ExpertSource;
import io.consort.experts.GuardSettings;
import io.consort.experts.LocalBackend;
import io.consort.experts.Price;
import io.consort.experts.chat.Answer;
import io.consort.experts.chat.AnswerEvent;
import io.consort.experts.chat.ChatExpert;
import io.consort.experts.chat.ChatRequests;
import io.consort.experts.chat.EventReader;
import io.consort.experts.chat.ExpertException;
import io.consort.experts.chat.ExpertException.Kind;
import io.consort.experts.chat.Whereabouts;
import io.consort.experts.chat.Whereabouts.Place;
import io.consort.runtime.backend.cpu.CpuBackend;
import io.consort.runtime.engine.EngineSettings;
import io.consort.runtime.tiers.Tier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Experts whose weights come and go, on a device that the test holds. */
@Timeout(120)
class TieredExpertsTest {

    private static final EngineSettings SETTINGS = new EngineSettings(4, 32, 64);

    /** As much memory as a test wants there to be. */
    private record Room(long forWeights, long forCache) implements MemoryRoom {}

    @TempDir Path folder = Path.of("");

    private final FakeTieredDevice device = new FakeTieredDevice();
    private final LocalExperts experts =
            new LocalExperts(
                    new Site(
                            new PermanentHosting(
                                    new CpuBackend(1, 1L << 30), new Room(1L << 32, 1L << 26)),
                            SETTINGS),
                    new Cuda(
                            "on: a fake",
                            Optional.of(new Site(new TieredHosting(device), SETTINGS))),
                    () -> 5);

    @AfterEach
    void close() {
        experts.close();
        assertThat(device.violations).isEmpty();
        assertThat(device.known()).isZero();
    }

    private ChatExpert expert(String name, LocalBackend backend) {
        Path checkpoint = folder.resolve(name);
        if (!checkpoint.toFile().exists()) {
            assertThat(checkpoint.toFile().mkdir()).isTrue();
            LocalModels.checkpoint(checkpoint);
        }
        return experts.open(
                new Expert(
                        name + "-" + backend.word(),
                        new ExpertSource.Local(checkpoint, backend),
                        OptionalLong.empty(),
                        Price.FREE,
                        GuardSettings.DEFAULT));
    }

    private static CompletableFuture<Answer> ask(ChatExpert expert, String question) {
        return expert.open(ChatRequests.call(ChatRequests.asking(question, true)))
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS);
    }

    /** What was said; usage is left out, as it says what was read from the cache. */
    private static List<AnswerEvent> said(CompletableFuture<Answer> answer) {
        List<AnswerEvent> events =
                EventReader.of(answer.join()).request(Long.MAX_VALUE).awaitCompletion();
        return events.subList(0, events.size() - 1);
    }

    private static ExpertException failure(CompletableFuture<Answer> answer) {
        try {
            answer.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof ExpertException cause) {
                return cause;
            }
            throw failed;
        }
        throw new AssertionError("it did not fail");
    }

    @Test
    void moreExpertsThanFitAnswerWhatTheyAnswerAlone() {
        ChatExpert alone = expert("e0", LocalBackend.CPU);
        List<ChatExpert> pool = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            pool.add(expert("e" + i, LocalBackend.CUDA));
        }
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            answers.add(ask(pool.get(i % pool.size()), "question " + i % 7));
        }
        for (int i = 0; i < answers.size(); i++) {
            assertThat(said(answers.get(i))).isEqualTo(said(ask(alone, "question " + i % 7)));
        }
        assertThat(device.loads.get()).isGreaterThanOrEqualTo(pool.size());
    }

    @Test
    void anExpertSaysWhereItsWeightsAre() {
        ChatExpert expert = expert("one", LocalBackend.AUTO);
        assertThat(said(ask(expert, "hello"))).isNotEmpty();
        assertThat(experts.report().models())
                .singleElement()
                .satisfies(model -> assertThat(model.backend()).isEqualTo("cuda"))
                .satisfies(model ->
                        assertThat(model.standing())
                                .hasValueSatisfying(standing ->
                                        assertThat(standing.tier()).isEqualTo(Tier.DEVICE)));
        assertThat(expert.whereabouts()).contains(new Whereabouts(Place.DEVICE, false, 0));
        assertThat(expert("one", LocalBackend.CPU).whereabouts()).isEmpty();
    }

    @Test
    void weightsOfAnExpertThatIsForeseenComeBeforeItsFirstQuestion() {
        ChatExpert expert = expert("one", LocalBackend.CUDA);
        assertThat(said(ask(expert, "hello"))).isNotEmpty();
        ChatExpert second = expert("two", LocalBackend.CUDA);
        assertThat(said(ask(second, "hello"))).isNotEmpty();
        ChatExpert third = expert("three", LocalBackend.CUDA);
        assertThat(third.whereabouts()).map(Whereabouts::place).contains(Place.FILE);
        int loads = device.loads.get();
        third.foresee(0.5);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (third.whereabouts().map(Whereabouts::place).equals(Optional.of(Place.FILE))) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
        assertThat(third.whereabouts()).map(Whereabouts::place).contains(Place.HOST);
        assertThat(device.loads).hasValue(loads);
    }

    @Test
    void aPromotionThatFailsIsAClearErrorAndTheNextOneMaySucceed() {
        ChatExpert expert = expert("one", LocalBackend.AUTO);
        assertThat(said(ask(expert, "hello"))).isNotEmpty();
        ChatExpert second = expert("two", LocalBackend.AUTO);
        ChatExpert third = expert("three", LocalBackend.AUTO);
        assertThat(said(ask(second, "hello"))).isNotEmpty();
        device.nextLoad.add(new IllegalStateException("its weights cannot be read"));
        ExpertException failure = failure(ask(third, "hello"));
        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(failure.kind().fallsBack()).isTrue();
        assertThat(failure)
                .hasMessageContaining("could not be brought to the device")
                .hasMessageContaining("its weights cannot be read");
        assertThat(said(ask(expert, "hello"))).isNotEmpty();
        assertThat(said(ask(third, "hello"))).isNotEmpty();
    }

    @Test
    void anExpertThatRunsOutOfMemoryFailsAloneAndAnswersAgain() {
        ChatExpert expert = expert("one", LocalBackend.AUTO);
        assertThat(said(ask(expert, "hello"))).isNotEmpty();
        device.nextPass.add(new FakeTieredDevice.Failure("no memory is left", false));
        ExpertException failure = failure(ask(expert, "hello again"));
        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(failure).hasMessageContaining("no memory is left");
        assertThat(said(ask(expert, "hello again"))).isNotEmpty();
    }

    @Test
    void aDeviceThatIsLostFailsItsExpertsAtOnceAndNobodyElse() {
        ChatExpert here = expert("one", LocalBackend.CPU);
        ChatExpert there = expert("one", LocalBackend.CUDA);
        ChatExpert other = expert("two", LocalBackend.CUDA);
        assertThat(said(ask(there, "hello"))).isNotEmpty();
        device.nextPass.add(new FakeTieredDevice.Failure("an illegal address", true));
        assertThat(failure(ask(there, "hello again")).kind()).isEqualTo(Kind.UNREACHABLE);
        for (ChatExpert expert : List.of(there, other)) {
            ExpertException failure = failure(ask(expert, "hello"));
            assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
            assertThat(failure).hasMessageContaining("the device is lost");
        }
        assertThat(said(ask(here, "hello"))).isNotEmpty();
    }

    @Test
    void aDeviceThatIsLostDuringAPromotionFailsWhoeverWaits() {
        ChatExpert expert = expert("one", LocalBackend.CUDA);
        assertThat(said(ask(expert, "hello"))).isNotEmpty();
        ChatExpert other = expert("two", LocalBackend.CUDA);
        assertThat(said(ask(other, "hello"))).isNotEmpty();
        ChatExpert third = expert("three", LocalBackend.CUDA);
        device.nextLoad.add(new FakeTieredDevice.Failure("it fell off the bus", true));
        assertThat(failure(ask(third, "hello"))).hasMessageContaining("the device is lost");
    }

    @Test
    void aClosedExpertLeavesAllTiers() {
        ChatExpert first = expert("one", LocalBackend.CUDA);
        ChatExpert second = expert("two", LocalBackend.CUDA);
        assertThat(said(ask(first, "hello"))).isNotEmpty();
        first.close();
        assertThat(device.known()).isLessThanOrEqualTo(3);
        assertThat(said(ask(second, "hello"))).isNotEmpty();
        second.close();
        assertThat(device.known()).isZero();
        assertThat(failure(ask(first, "hello")).kind()).isEqualTo(Kind.UNREACHABLE);
    }
}
