package io.consort.service.roster;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.experts.Catalog;
import io.consort.experts.Expert;
import io.consort.experts.ExpertSource;
import io.consort.experts.GuardSettings;
import io.consort.experts.PolicySettings;
import io.consort.experts.Price;
import io.consort.experts.chat.Answer;
import io.consort.experts.chat.ChatCall;
import io.consort.experts.chat.ChatExpert;
import io.consort.experts.chat.Message;
import io.consort.experts.chat.Whereabouts;
import io.consort.experts.chat.Whereabouts.Place;
import io.consort.router.Router;
import io.consort.router.policy.Decision;
import io.consort.router.signal.minilm.MiniLmEmbedder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RosterTest {

    private static final PolicySettings.Cascade STAIRS =
            new PolicySettings.Cascade("stairs", List.of("small", "large"), OptionalInt.empty(), 1);

    @TempDir private Path folder = Path.of("");

    private final List<String> foreseen = new ArrayList<>();

    /** Never answers, and its weights come and go. */
    private final class Housed implements ChatExpert {

        private final String id;

        Housed(String id) {
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
        public Optional<Whereabouts> whereabouts() {
            return Optional.of(new Whereabouts(Place.HOST, false, 0.25));
        }

        @Override
        public void foresee(double probability) {
            foreseen.add(id + " " + probability);
        }

        @Override
        public void close() {}
    }

    @Test
    void aDecisionKnowsWhereWeightsAreAndOnlyCarryingItOutForeseesTheNext() {
        Catalog catalog =
                new Catalog(
                        1,
                        List.of(),
                        List.of(),
                        List.of(expert("small"), expert("large")),
                        Map.of(),
                        List.of(STAIRS));
        try (MiniLmEmbedder embedder = MiniLmEmbedder.open(1);
                Roster roster =
                        Roster.open(
                                catalog,
                                described -> new Housed(described.id()),
                                _ -> Router.open(catalog, embedder, folder))) {
            Decision decision =
                    roster.decide(STAIRS, List.of(new Message("user", "hello")), 0.5)
                            .toCompletableFuture()
                            .join();
            assertThat(decision.reasons())
                    .last()
                    .isEqualTo("The weights of small are in host memory, 0.25 s from the device.");
            assertThat(foreseen).isEmpty();
            roster.foresee(decision);
            assertThat(foreseen).containsExactly("large 0.5");
        }
    }

    private static Expert expert(String id) {
        return new Expert(
                id,
                new ExpertSource.Local(Path.of(id)),
                OptionalLong.empty(),
                Price.FREE,
                GuardSettings.DEFAULT);
    }
}
