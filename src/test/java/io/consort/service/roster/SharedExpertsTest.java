package io.consort.service.roster;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.experts.Expert;
import io.consort.experts.ExpertSource;
import io.consort.experts.GuardSettings;
import io.consort.experts.Price;
import io.consort.experts.chat.Answer;
import io.consort.experts.chat.Cancellation;
import io.consort.experts.chat.ChatCall;
import io.consort.experts.chat.ChatExpert;
import io.consort.experts.chat.ChatRequest;
import io.consort.experts.chat.Message;
import io.consort.experts.chat.Sampling;
import io.consort.experts.guard.GuardedExpert;
import io.consort.experts.guard.Timers;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class SharedExpertsTest {

    private static final ExpertSource HERE = source("http://127.0.0.1:1/v1");

    private final List<Silent> opened = new ArrayList<>();
    private final SharedExperts shared = new SharedExperts((_, described) -> open(described));

    /** Never answers. */
    private static final class Silent implements ChatExpert {

        private final String id;
        private boolean closed;

        Silent(String id) {
            this.id = id;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public CompletionStage<Answer> open(ChatCall call) {
            return new CompletableFuture<>();
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    /** Time stands still. */
    private static final class Still implements Timers {

        @Override
        public long nanoTime() {
            return 0;
        }

        @Override
        public Timer after(Duration delay, Runnable action) {
            return () -> {};
        }
    }

    @Test
    void revisionsWithTheSameSourceShareAnExpertThatClosesWithTheLast() {
        ChatExpert first = shared.open("t", expert("gpt", HERE, 1));
        ChatExpert second = shared.open("t", expert("gpt", HERE, 1));
        assertThat(opened).hasSize(1);
        first.close();
        first.close();
        assertThat(opened.getFirst().closed).isFalse();
        second.close();
        assertThat(opened.getFirst().closed).isTrue();
        shared.open("t", expert("gpt", HERE, 1)).close();
        assertThat(opened).hasSize(2);
    }

    @Test
    void otherSourcesIdsAndTenantsAreOpenedAnew() {
        shared.open("t", expert("gpt", HERE, 1));
        shared.open("t", expert("gpt", source("http://127.0.0.1:2/v1"), 1));
        shared.open("t", expert("other", HERE, 1));
        shared.open("u", expert("gpt", HERE, 1));
        assertThat(opened).hasSize(4);
    }

    @Test
    void theNewestRevisionSetsTheGuardAlsoAfterTheOldOneClosed() {
        ChatExpert old = shared.open("t", expert("gpt", HERE, 1));
        assertThat(refused(old)).isFalse();
        assertThat(refused(old)).isTrue();
        ChatExpert next = shared.open("t", expert("gpt", HERE, 2));
        assertThat(refused(next)).isFalse();
        old.close();
        assertThat(refused(next)).isTrue();
        shared.open("t", expert("gpt", HERE, 9)).close();
        assertThat(refused(next)).isTrue();
    }

    @Test
    void whatCannotBeUsedIsTriedAgain() {
        SharedExperts unusable =
                new SharedExperts((_, described) -> new UnusableExpert(described.id()));
        ChatExpert first = unusable.open("t", expert("gpt", HERE, 1));
        assertThat(first).isInstanceOf(UnusableExpert.class);
        assertThat(unusable.open("t", expert("gpt", HERE, 1))).isNotSameAs(first);
    }

    private ChatExpert open(Expert described) {
        Silent silent = new Silent(described.id());
        opened.add(silent);
        return new GuardedExpert(silent, described.guard(), new Still(), false);
    }

    /** Whether the guard refuses one more call, which would never end. */
    private static boolean refused(ChatExpert expert) {
        ChatRequest request =
                new ChatRequest(
                        List.of(new Message("user", "Hi")),
                        Sampling.DEFAULT,
                        true,
                        false,
                        1,
                        Set.of(),
                        new byte[0]);
        return expert.open(new ChatCall("id", request, new Cancellation()))
                .toCompletableFuture()
                .isCompletedExceptionally();
    }

    private static Expert expert(String id, ExpertSource source, int concurrency) {
        GuardSettings standard = GuardSettings.DEFAULT;
        return new Expert(
                id,
                source,
                OptionalLong.empty(),
                Price.FREE,
                new GuardSettings(
                        standard.timeout(),
                        standard.firstToken(),
                        standard.betweenTokens(),
                        0,
                        standard.breaker(),
                        concurrency));
    }

    private static ExpertSource source(String address) {
        return new ExpertSource.OpenAi(URI.create(address), Optional.empty(), "m", true, Map.of());
    }
}
