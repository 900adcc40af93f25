package io.consort.service.starter;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.experts.catalog.CatalogFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every expert knows its own families, and not the others', so that routing matters. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StarterExpertsTest {

    private static final Logger LOG = Logger.getLogger(StarterExpertsTest.class.getName());
    private static final List<String> EXPERTS = List.of("abacus", "lexis", "atlas");

    private StarterExperts experts;

    @BeforeAll
    void open() throws CatalogFileException {
        experts = StarterExperts.open();
    }

    @AfterAll
    void close() {
        experts.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"abacus", "lexis", "atlas"})
    void anExpertIsRightOnItsOwnFamilies(String expert) {
        List<HeldOut> questions =
                HeldOut.read(StarterExperts.folder().resolve("heldout/" + expert + ".jsonl"));

        double share = shareRight(expert, questions);

        assertThat(share).isGreaterThanOrEqualTo(0.95);
    }

    @ParameterizedTest
    @ValueSource(strings = {"abacus", "lexis", "atlas"})
    void anExpertIsWrongOnTheOthersFamilies(String expert) {
        List<HeldOut> questions = new ArrayList<>();
        for (String other : EXPERTS) {
            if (!other.equals(expert)) {
                questions.addAll(
                        everyThird(
                                HeldOut.read(
                                        StarterExperts.folder()
                                                .resolve("heldout/" + other + ".jsonl"))));
            }
        }

        double share = shareRight(expert, questions);

        assertThat(share).isLessThanOrEqualTo(0.05);
    }

    private double shareRight(String expert, List<HeldOut> questions) {
        List<String> said =
                experts.answers(expert, questions.stream().map(HeldOut::question).toList());
        Map<String, int[]> byFamily = new TreeMap<>();
        int right = 0;
        for (int i = 0; i < questions.size(); i++) {
            int[] counts = byFamily.computeIfAbsent(questions.get(i).family(), _ -> new int[2]);
            counts[1]++;
            if (questions.get(i).isRight(said.get(i))) {
                counts[0]++;
                right++;
            }
        }
        StringBuilder families = new StringBuilder();
        byFamily.forEach((family, counts) ->
                families.append(" %s %d/%d".formatted(family, counts[0], counts[1])));
        LOG.info("%s: %d of %d right;%s".formatted(expert, right, questions.size(), families));
        return (double) right / questions.size();
    }

    private static List<HeldOut> everyThird(List<HeldOut> all) {
        List<HeldOut> some = new ArrayList<>();
        for (int i = 0; i < all.size(); i += 3) {
            some.add(all.get(i));
        }
        return some;
    }
}
