package io.consort.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consort.experts.PolicySettings;
import io.consort.experts.chat.Message;
import io.consort.router.classify.Classification;
import io.consort.router.policy.Decision;
import io.consort.router.signal.EmbedderBusyException;
import io.consort.router.signal.Signals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RouterTest {

    private static final Set<String> FRUIT =
            Set.of("apple", "pear", "plum", "fig", "lime", "kiwi", "mango");
    private static final Set<String> METAL = Set.of("iron", "gold", "zinc", "lead", "tin", "steel");

    @TempDir private Path folder;

    private final FakeEmbedder embedder =
            new FakeEmbedder(
                    text -> FRUIT.contains(text) ? "fruit" : METAL.contains(text) ? "metal" : text);
    private Router router;

    @BeforeEach
    void open() {
        router = Router.open(Catalogs.small(), embedder, folder);
    }

    @Test
    void aQueryGoesToItsCategorysExpert() {
        Decision decision = decide(Catalogs.MAPPED, new Message("user", "mango"));
        assertThat(decision.category()).contains("fruit");
        assertThat(decision.experts()).startsWith("apple");
        assertThat(decision.policy()).isEqualTo("default");
    }

    @Test
    void whatTheUserSaidLastDecides() {
        Decision decision =
                decide(
                        Catalogs.MAPPED,
                        new Message("system", "gold"),
                        new Message("user", "iron"),
                        new Message("assistant", "zinc"),
                        new Message("user", "mango"),
                        new Message("tool", "tin"));
        assertThat(decision.category()).contains("fruit");
    }

    @Test
    void aPinnedPolicyDecidesWithoutLooking() {
        int calls = embedder.calls();
        assertThat(
                        router.decide(Catalogs.PINNED, List.of(new Message("user", "mango")))
                                .toCompletableFuture())
                .isDone();
        assertThat(embedder.calls()).isEqualTo(calls);
    }

    @Test
    void aStartWithAnUnchangedCatalogReadsWhatWasLearned() throws IOException {
        Path learned = onlyFile();
        byte[] content = Files.readAllBytes(learned);
        int calls = embedder.calls();
        Router again = Router.open(Catalogs.small(), embedder, folder);
        assertThat(embedder.calls()).isEqualTo(calls);
        assertThat(onlyFile()).hasBinaryContent(content);
        assertThat(again.training()).isEqualTo(router.training()).isPresent();
        Message question = new Message("user", "mango");
        assertThat(again.decide(Catalogs.MAPPED, List.of(question)).toCompletableFuture().join())
                .isEqualTo(decide(Catalogs.MAPPED, question));
    }

    @Test
    void whatPromptsWithoutLabelsTaughtIsKeptAndHasAVersionOfItsOwn() {
        Router.Taught taught = router.taught(List.of("apple", "mango", "kiwi", "something else"));
        assertThat(taught.growth().before()).isEqualTo(router.training().orElseThrow());
        assertThat(taught.growth().kept()).isTrue();
        assertThat(taught.growth().grown())
                .isNotEmpty()
                .allSatisfy(one -> assertThat(one.category()).isEqualTo("fruit"));
        String before = decide(Catalogs.MAPPED, new Message("user", "mango")).version();
        int calls = embedder.calls();
        Router restarted = Router.open(Catalogs.small(), embedder, folder);
        assertThat(embedder.calls()).isEqualTo(calls);
        assertThat(restarted.training()).isEqualTo(taught.router().training());
        assertThat(version(restarted)).isEqualTo(version(taught.router())).isNotEqualTo(before);
    }

    @Test
    void withoutTextThereIsNothingToGoBy() {
        int calls = embedder.calls();
        assertThat(decide(Catalogs.MAPPED, new Message("user", " \n")).abstained()).isTrue();
        assertThat(decide(Catalogs.MAPPED, new Message("system", "gold")).abstained()).isTrue();
        assertThat(decide(Catalogs.MAPPED).experts()).containsExactly("general");
        assertThat(embedder.calls()).isEqualTo(calls);
    }

    @Test
    void aQueryThatCannotBeEmbeddedGoesToTheFallback() {
        embedder.failWith(new EmbedderBusyException(7));
        Decision decision = decide(Catalogs.MAPPED, new Message("user", "mango"));
        assertThat(decision.experts()).containsExactly("general");
        assertThat(decision.reasons())
                .containsExactly(
                        "The query cannot be classified just now, so it goes to the fall-back general.");
        assertThatThrownBy(() -> decide(Catalogs.ALONE, new Message("user", "mango")))
                .hasCauseInstanceOf(EmbedderBusyException.class);
    }

    @Test
    void aCatalogWithoutExamplesAbstains() {
        Router empty = Router.open(Catalogs.of(List.of(), List.of()), embedder, folder);
        assertThat(empty.classify("mango").toCompletableFuture())
                .isCompletedWithValue(Classification.UNKNOWN);
        assertThat(empty.policy("alone")).contains(Catalogs.ALONE);
        assertThat(empty.policy("unknown")).isEmpty();
    }

    @Test
    void signalsAreFactsAboutTheText() {
        Signals signals =
                router.signals("  one two\nthree\u2003four 😀 ").toCompletableFuture().join();
        assertThat(signals.words()).isEqualTo(5);
        assertThat(signals.characters()).isEqualTo(signals.text().length()).isEqualTo(24);
        assertThat(signals.embedding()).hasSize(embedder.dimension());
    }

    private static String version(Router router) {
        return router.decide(Catalogs.MAPPED, List.of(new Message("user", "mango")))
                .toCompletableFuture()
                .join()
                .version();
    }

    private Path onlyFile() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> all =
                    files.filter(file ->
                                    String.valueOf(file.getFileName()).startsWith("classifier-"))
                            .toList();
            assertThat(all).hasSize(1);
            return all.getFirst();
        }
    }

    private Decision decide(PolicySettings policy, Message... messages) {
        return router.decide(policy, List.of(messages)).toCompletableFuture().join();
    }
}
