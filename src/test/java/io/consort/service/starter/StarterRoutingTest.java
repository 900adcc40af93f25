package io.consort.service.starter;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.experts.PolicySettings;
import io.consort.experts.catalog.CatalogFileException;
import io.consort.experts.chat.Message;
import io.consort.router.Router;
import io.consort.router.policy.Decision;
import io.consort.router.signal.minilm.MiniLmEmbedder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The whole way on held-out questions: classify, map to an expert, answer. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StarterRoutingTest {

    private static final Logger LOG = Logger.getLogger(StarterRoutingTest.class.getName());
    private static final Map<String, String> CATEGORY_OF =
            Map.of("abacus", "arithmetic", "lexis", "words", "atlas", "facts");

    private StarterExperts experts;
    private MiniLmEmbedder embedder;
    private Router router;
    private PolicySettings policy;

    private record Routed(String wanted, HeldOut question, Decision decision) {}

    @BeforeAll
    void open(@TempDir Path artefacts) throws CatalogFileException {
        experts = StarterExperts.open();
        embedder = MiniLmEmbedder.open();
        router = Router.open(experts.catalog(), embedder, artefacts);
        policy = router.policy(PolicySettings.DEFAULT_ID).orElseThrow();
    }

    @AfterAll
    void close() {
        experts.close();
        embedder.close();
    }

    @Test
    void theCategoryIsRightAndSoIsTheRoutedAnswer() {
        List<Routed> routed = new ArrayList<>();
        CATEGORY_OF.forEach((expert, category) -> routed.addAll(route(expert, category)));
        long categoryRight =
                routed.stream()
                        .filter(one -> one.decision().category().equals(Optional.of(one.wanted())))
                        .count();
        long answerRight = routed.stream().filter(this::answeredRight).count();
        double categories = (double) categoryRight / routed.size();
        double answers = (double) answerRight / routed.size();
        LOG.info(
                "of %d questions: category right %.1f %%, routed answer right %.1f %%"
                        .formatted(routed.size(), 100 * categories, 100 * answers));

        assertThat(categories).isGreaterThanOrEqualTo(0.97);
        assertThat(answers).isGreaterThanOrEqualTo(0.92);
    }

    @Test
    void otherQuestionsAreAbstainedFromAndOwnOnesAreNot() {
        List<Routed> other = route("none", "none");
        List<Routed> own = new ArrayList<>();
        CATEGORY_OF.forEach((expert, category) -> own.addAll(route(expert, category)));
        double recall = abstained(other);
        double falseAbstention = abstained(own);
        LOG.info(
                "abstention recall %.1f %% at a false abstention of %.1f %%"
                        .formatted(100 * recall, 100 * falseAbstention));

        assertThat(recall).isGreaterThanOrEqualTo(0.90);
        assertThat(falseAbstention).isLessThanOrEqualTo(0.05);
    }

    private static double abstained(List<Routed> routed) {
        return routed.stream().filter(one -> one.decision().abstained()).count()
                / (double) routed.size();
    }

    private boolean answeredRight(Routed one) {
        return !one.decision().experts().isEmpty()
                && one.question()
                        .isRight(
                                experts.answer(
                                                one.decision().experts().getFirst(),
                                                one.question().question())
                                        .join());
    }

    private List<Routed> route(String file, String wanted) {
        List<Routed> routed = new ArrayList<>();
        List<HeldOut> all =
                HeldOut.read(StarterExperts.folder().resolve("heldout/" + file + ".jsonl"));
        for (int i = 0; i < all.size(); i += 3) {
            HeldOut question = all.get(i);
            Decision decision =
                    router.decide(policy, List.of(new Message("user", question.question())))
                            .toCompletableFuture()
                            .join();
            routed.add(new Routed(wanted, question, decision));
        }
        return routed;
    }
}
