package io.consort.service.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.experts.Catalog;
import io.consort.experts.Category;
import io.consort.experts.Expert;
import io.consort.experts.ExpertSource;
import io.consort.experts.GuardSettings;
import io.consort.experts.Price;
import io.consort.experts.chat.Answer;
import io.consort.experts.chat.ChatCall;
import io.consort.experts.chat.ChatExpert;
import io.consort.router.Router;
import io.consort.router.signal.Embedder;
import io.consort.service.roster.Roster;
import io.consort.service.store.Database;
import io.consort.service.store.Examples;
import io.consort.service.store.RouterVersions;
import io.consort.service.training.RouterTraining.State;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a router is trained on every database. */
abstract class RouterTrainingContract {

    @TempDir private static Path folder = Path.of("");

    private final Database opened;
    private final DataSource database;
    private final Examples examples;
    private final RouterVersions versions;
    private final Embedder embedder = new ByFirstLetter();
    private final Catalog catalog = catalog();
    private final Roster roster;

    RouterTrainingContract(Database opened) {
        this.opened = opened;
        database = opened.connections();
        examples = new Examples(database, Clock.systemUTC());
        versions = new RouterVersions(database, Clock.systemUTC());
        roster = Roster.open(catalog, Silent::new, _ -> router(catalog));
    }

    @BeforeEach
    void addTenant() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("insert into tenants (id, created) values ('t', now())");
        }
    }

    @AfterEach
    void close() {
        roster.close();
        opened.close();
    }

    @Test
    void aTrainedVersionKnowsWhatWasAddedBeforeAndSoDoesTheNextStart() throws SQLException {
        examples.add("t", "a", List.of("a-new"));
        examples.add("t", "none", List.of("z-new"));
        RouterTraining training = training(this::router);
        assertThat(training.start(List.of(), () -> {})).isTrue();
        training.close();
        assertThat(training.status().state()).isEqualTo(State.IDLE);
        assertThat(roster.catalog().categories().getFirst().examples())
                .hasSize(13)
                .last()
                .isEqualTo("a-new");
        assertThat(roster.catalog().otherExamples()).last().isEqualTo("z-new");
        assertThat(versions.of("t")).singleElement().matches(version -> version.version() == 1);

        examples.add("t", "a", List.of("a-later"));
        Catalog restarted = RouterTraining.live("t", catalog, examples, versions);
        assertThat(restarted).isEqualTo(roster.catalog());
        assertThat(versions.of("other")).isEmpty();
        assertThat(RouterTraining.live("other", catalog, examples, versions)).isSameAs(catalog);
    }

    @Test
    void promptsWithoutLabelsTeachTooAndTheReportTellsWhatBecameOfThem() throws SQLException {
        RouterTraining training = training(this::router);
        assertThat(training.start(List.of("a 100", "a 101", "b 100", "q 1"), () -> {})).isTrue();
        training.close();
        assertThat(training.status().state()).isEqualTo(State.IDLE);
        assertThat(versions.of("t").getFirst().report())
                .contains("\"classifier\":{\"calibration\":", "\"growth\":{\"sure\":")
                .contains("\"acceptance_limit\":", "\"kept\":");
        assertThat(router(catalog).training()).isEqualTo(roster.router().training());
    }

    @Test
    void oneTrainingRunsAtATimeAndTheRouterBeforeDecidesMeanwhile() {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Router before = roster.router();
        RouterTraining training =
                training(taught -> {
                    begun.countDown();
                    await(go);
                    return router(taught);
                });
        assertThat(training.start(List.of(), () -> {})).isTrue();
        await(begun);
        assertThat(training.start(List.of(), () -> {})).isFalse();
        assertThat(training.status().state()).isEqualTo(State.RUNNING);
        assertThat(roster.router()).isSameAs(before);
        go.countDown();
        training.close();
        assertThat(roster.router()).isNotSameAs(before);
        assertThat(training.start(List.of(), () -> {})).isTrue();
        training.close();
        assertThat(versionNumbers()).containsExactly(2, 1);
    }

    @Test
    void aTrainingThatFailsLeavesTheRouterAndSaysWhy() {
        Router before = roster.router();
        RouterTraining training =
                training(_ -> {
                    throw new IllegalStateException("the disk is full");
                });
        training.start(List.of(), () -> {});
        training.close();
        assertThat(training.status().state()).isEqualTo(State.FAILED);
        assertThat(training.status().step()).isEqualTo("the disk is full");
        assertThat(roster.router()).isSameAs(before);
        assertThat(versionNumbers()).isEmpty();
    }

    private List<Integer> versionNumbers() {
        try {
            return versions.of("t").stream().map(RouterVersions.Version::version).toList();
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    private RouterTraining training(Function<Catalog, Router> opener) {
        return new RouterTraining("t", catalog, examples, versions, roster, embedder, opener);
    }

    private Router router(Catalog taught) {
        return Router.open(taught, embedder, folder);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    private static Catalog catalog() {
        return new Catalog(
                1,
                List.of(category("a"), category("b")),
                texts("z"),
                List.of(
                        new Expert(
                                "one",
                                new ExpertSource.Local(Path.of("one")),
                                OptionalLong.empty(),
                                Price.FREE,
                                GuardSettings.DEFAULT)),
                Map.of("a", List.of("one")),
                List.of());
    }

    private static Category category(String id) {
        return new Category(id, id, texts(id));
    }

    private static List<String> texts(String letter) {
        return IntStream.range(0, 12).mapToObj(i -> letter + " " + i).toList();
    }

    /** Texts that begin with the same letter are similar. */
    private static final class ByFirstLetter implements Embedder {
        @Override
        public String id() {
            return "first-letter";
        }

        @Override
        public int dimension() {
            return 8;
        }

        @Override
        public CompletionStage<float[]> embed(String text) {
            Random centre = new Random(text.charAt(0));
            Random noise = new Random(text.hashCode());
            float[] embedding = new float[8];
            double squares = 0;
            for (int i = 0; i < 8; i++) {
                embedding[i] = (float) (centre.nextGaussian() + 0.2 * noise.nextGaussian());
                squares += embedding[i] * embedding[i];
            }
            for (int i = 0; i < 8; i++) {
                embedding[i] /= (float) Math.sqrt(squares);
            }
            return CompletableFuture.completedStage(embedding);
        }

        @Override
        public void close() {}
    }

    /** Never answers. */
    private record Silent(Expert expert) implements ChatExpert {
        @Override
        public String id() {
            return expert.id();
        }

        @Override
        public CompletionStage<Answer> open(ChatCall call) {
            return new CompletableFuture<>();
        }

        @Override
        public void close() {}
    }
}
