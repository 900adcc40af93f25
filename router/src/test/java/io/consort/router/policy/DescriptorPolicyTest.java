package io.consort.router.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consort.experts.PolicySettings.Descriptor;
import io.consort.router.Catalogs;
import io.consort.router.FakeEmbedder;
import io.consort.router.signal.Signals;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DescriptorPolicyTest {

    private static final Set<String> FRUIT =
            Set.of("apple", "pear", "plum", "fig", "lime", "kiwi", "mango", "Name a fruit.");
    private static final Set<String> METAL =
            Set.of("iron", "gold", "zinc", "lead", "tin", "steel", "Name a metal.");
    private static final Descriptor SETTINGS =
            new Descriptor("described", "general", Optional.of("general"), 0);

    @TempDir private Path folder = Path.of("");

    private final FakeEmbedder embedder =
            new FakeEmbedder(
                    text -> FRUIT.contains(text) ? "fruit" : METAL.contains(text) ? "metal" : text);
    private final List<String> requests = new ArrayList<>();

    @Test
    void aCloseDescriptionPinsItsExpert() {
        Policy policy = make(SETTINGS);
        Decision decision = decide(policy, "mango");
        assertThat(decision.experts().getFirst()).isEqualTo("apple");
        assertThat(decision.reasons().getFirst()).contains("apple ", "smith ");
        assertThat(decide(policy, "iron").experts().getFirst()).isEqualTo("smith");
        assertThat(policy.artefacts())
                .containsExactly("apple: \"Name a fruit.\"", "smith: \"Name a metal.\"");
    }

    @Test
    void whereNoneIsCloseTheFallbackComesFirst() {
        Decision decision = decide(make(SETTINGS), "love");
        assertThat(decision.experts().getFirst()).isEqualTo("general");
        assertThat(decision.experts()).contains("apple", "smith");
        assertThat(decision.reasons()).last().asString().contains("None reaches");
    }

    @Test
    void whatCannotBeLookedAtGoesToTheFallback() {
        assertThat(make(SETTINGS).undecided().orElseThrow().experts()).containsExactly("general");
        assertThat(make(SETTINGS).decide(Facts.NONE, 0).experts()).containsExactly("general");
        Descriptor alone = new Descriptor("described", "general", Optional.empty(), 0);
        assertThat(make(alone).undecided()).isEmpty();
        assertThat(make(alone).decide(Facts.NONE, 0).experts()).isEmpty();
    }

    @Test
    void everyExpertIsDescribedOnceFromAtMostThreeSamples() {
        make(SETTINGS);
        assertThat(requests).hasSize(2);
        assertThat(requests.getFirst().lines().filter(line -> line.startsWith("- "))).hasSize(3);
        make(SETTINGS);
        assertThat(requests).hasSize(2);
    }

    @Test
    void aWriterThatDoesNotAnswerIsNamed() {
        Scribe broken =
                (_, _) -> {
                    throw new IllegalStateException("the line is dead");
                };
        assertThatThrownBy(() -> maker(broken).make(SETTINGS))
                .isInstanceOf(ArtefactException.class)
                .hasMessageContaining(
                        "its writer general could not describe the experts (the line is dead)");
        assertThatThrownBy(() -> maker((_, _) -> " \n").make(SETTINGS))
                .isInstanceOf(ArtefactException.class)
                .hasMessageContaining("with nothing");
    }

    @Test
    void aCatalogWithoutExamplesHasNothingToDescribe() {
        PolicyMaker maker =
                new PolicyMaker(
                        Catalogs.of(List.of(), List.of()),
                        List.of(),
                        embedder,
                        folder,
                        (_, _) -> "x");
        assertThatThrownBy(() -> maker.make(SETTINGS))
                .isInstanceOf(ArtefactException.class)
                .hasMessageContaining("there is no expert to describe");
    }

    private Policy make(Descriptor settings) {
        return maker(
                        (_, request) -> {
                            requests.add(request);
                            return FRUIT.stream().anyMatch(request::contains)
                                    ? "\"Name a fruit.\"\nGladly."
                                    : "Name a metal.";
                        })
                .make(settings);
    }

    private PolicyMaker maker(Scribe scribe) {
        return new PolicyMaker(Catalogs.small(), List.of(), embedder, folder, scribe);
    }

    private Decision decide(Policy policy, String text) {
        float[] embedding = embedder.embed(text).toCompletableFuture().join();
        return policy.decide(Facts.of(Signals.of(text, embedding)), 0.99);
    }
}
