package io.consort.service.tenant;

import io.consort.experts.Catalog;
import io.consort.experts.Expert;
import io.consort.experts.ExpertSource;
import io.consort.experts.GuardSettings;
import io.consort.experts.Price;
import io.consort.experts.chat.ChatExpert;
import io.consort.router.Router;
import io.consort.router.signal.Embedder;
import io.consort.service.roster.Roster;
import io.consort.service.store.Database;
import io.consort.service.store.Examples;
import io.consort.service.store.RouterVersions;
import io.consort.service.training.RouterTraining;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;

/** Opens catalogs of fake experts and remembers all of them. */
public final class FakeTenancies implements Tenancies.Opener, AutoCloseable {

    /** An expert that does not open. */
    public static final String BROKEN = "broken";

    private final List<FakeExpert> opened = new ArrayList<>();
    private final Database database;

    /** No catalogs yet. */
    public FakeTenancies() {
        try {
            database =
                    Database.open(
                            "jdbc:h2:mem:" + UUID.randomUUID(), Optional.empty(), Optional.empty());
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    /** A catalog with one expert and nothing else. */
    static Catalog catalog(String expert) {
        return new Catalog(
                1,
                List.of(),
                List.of(),
                List.of(
                        new Expert(
                                expert,
                                new ExpertSource.Local(Path.of(expert)),
                                OptionalLong.empty(),
                                Price.FREE,
                                GuardSettings.DEFAULT)),
                Map.of(),
                List.of());
    }

    /** The expert that was opened under this id at this place among its namesakes. */
    public FakeExpert expert(String id, int place) {
        synchronized (opened) {
            return opened.stream()
                    .filter(expert -> expert.id().equals(id))
                    .skip(place)
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Override
    public Tenancy open(String tenant, Catalog catalog, long revision) {
        Roster roster = Roster.open(catalog, this::open, _ -> router(catalog));
        RouterTraining training =
                new RouterTraining(
                        tenant,
                        catalog,
                        new Examples(database.connections(), Clock.systemUTC()),
                        new RouterVersions(database.connections(), Clock.systemUTC()),
                        roster,
                        new NoEmbedder(),
                        FakeTenancies::router);
        return new Tenancy(tenant, revision, roster, training);
    }

    @Override
    public void close() {
        database.close();
    }

    private ChatExpert open(Expert expert) {
        if (expert.id().equals(BROKEN)) {
            throw new IllegalStateException("it does not open");
        }
        FakeExpert fake = new FakeExpert(expert.id(), new CountDownLatch(1));
        synchronized (opened) {
            opened.add(fake);
        }
        return fake;
    }

    private static Router router(Catalog catalog) {
        return Router.open(catalog, new NoEmbedder(), Path.of("target/no-artefacts"));
    }

    /** Embeds nothing: a catalog without categories has nothing to learn. */
    private record NoEmbedder() implements Embedder {
        @Override
        public String id() {
            return "none";
        }

        @Override
        public int dimension() {
            return 1;
        }

        @Override
        public CompletionStage<float[]> embed(String text) {
            return CompletableFuture.failedStage(new IllegalStateException("nothing to embed"));
        }

        @Override
        public void close() {}
    }
}
