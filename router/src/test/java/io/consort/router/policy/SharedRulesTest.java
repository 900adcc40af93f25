package io.consort.router.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.experts.PolicySettings;
import io.consort.router.outcomes.RecordedPrompt;
import io.consort.router.outcomes.Replayed;
import io.consort.router.policy.Descriptors.Described;
import io.consort.router.rule.DescriptionRule;
import io.consort.router.signal.Signals;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What was evaluated on recorded outcomes is what serves. */
final class SharedRulesTest {

    private static final List<String> MODELS = List.of("poet", "coder", "clerk");
    private static final List<float[]> SENTENCES =
            List.of(new float[] {1, 0, 0}, new float[] {0, 1, 0}, new float[] {0, 0, 1});

    @Test
    void descriptionsDecideTheSameOfflineAndAtWork() {
        List<RecordedPrompt> prompts = new ArrayList<>();
        List<float[]> embeddings = new ArrayList<>();
        Random random = new Random(3);
        for (int i = 0; i < 200; i++) {
            float[] embedding = {random.nextFloat(), random.nextFloat(), random.nextFloat()};
            int best =
                    DescriptionRule.nearest(
                            new double[] {embedding[0], embedding[1], embedding[2]});
            double[] scores = {0.2, 0.4, 0.3};
            scores[best] = embedding[best] > 0.7 ? 1 : 0.1;
            prompts.add(new RecordedPrompt("" + i, "", "query " + i, scores, new double[3]));
            embeddings.add(embedding);
        }
        Replayed offline = Replayed.descriptors(prompts, embeddings, SENTENCES);
        DescriptorPolicy policy = policy(offline);
        int fallen = 0;
        for (int i = 0; i < prompts.size(); i++) {
            Signals signals = Signals.of(prompts.get(i).text(), embeddings.get(i));
            Decision decision = policy.decide(Facts.of(signals), 0.5);
            assertThat(decision.experts().getFirst())
                    .isEqualTo(MODELS.get(offline.choices().get(i)));
            fallen += decision.reasons().toString().contains("fall-back") ? 1 : 0;
        }
        assertThat(fallen).isBetween(20, 180);
    }

    private static DescriptorPolicy policy(Replayed offline) {
        List<Described> described = new ArrayList<>();
        for (int m = 0; m < MODELS.size(); m++) {
            described.add(new Described(MODELS.get(m), MODELS.get(m), SENTENCES.get(m)));
        }
        return new DescriptorPolicy(
                new PolicySettings.Descriptor(
                        "described", "poet", Optional.of(MODELS.get(offline.bestSingle())), 0),
                new Descriptors(described, offline.rule()),
                "version");
    }
}
