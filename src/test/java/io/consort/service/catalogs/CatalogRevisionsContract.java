package io.consort.service.catalogs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consort.service.catalogs.CatalogRevisions.Draft;
import io.consort.service.catalogs.CatalogRevisions.Revision;
import io.consort.service.store.Audit;
import io.consort.service.store.Changes;
import io.consort.service.store.Database;
import io.consort.service.store.Principal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What revisions do on every database. */
abstract class CatalogRevisionsContract {

    private static final Author AUTHOR = new Author(Principal.SERVICE, "author");
    private static final Instant NOW = Instant.parse("2030-01-02T03:04:05Z");

    private final Database opened;
    private final CatalogRevisions revisions;

    CatalogRevisionsContract(Database opened) {
        this.opened = opened;
        revisions = new CatalogRevisions(opened.connections(), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @BeforeEach
    void addTenants() throws SQLException {
        try (Connection connection = opened.connections().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("insert into tenants (id, created) values ('a', now())");
            statement.execute("insert into tenants (id, created) values ('b', now())");
        }
    }

    @AfterEach
    void close() {
        opened.close();
    }

    @Test
    void theHeadMovesForwardByOneAndWhatWasBeforeStays() throws SQLException {
        assertThat(revisions.head("a")).isEmpty();
        assertThat(revisions.heads()).isEmpty();
        Revision first = revisions.add("a", 0, draft("one")).orElseThrow();
        Revision second = revisions.add("a", 1, draft("two")).orElseThrow();
        assertThat(second.number()).isEqualTo(2);
        assertThat(revisions.head("a")).contains(second);
        assertThat(revisions.find("a", 1)).contains(first);
        assertThat(first.created()).isEqualTo(NOW);
        assertThat(first.hash()).isEqualTo(document("one").hash());
        assertThat(revisions.heads()).isEqualTo(Map.of("a", 2L));
        assertThat(revisions.below("a", Long.MAX_VALUE, 10)).containsExactly(second, first);
        assertThat(revisions.below("a", 2, 10)).containsExactly(first);
        assertThat(revisions.below("a", Long.MAX_VALUE, 1)).containsExactly(second);
    }

    @Test
    void everyRevisionIsAuditedAndToldToOtherNodes() throws SQLException {
        revisions.add("a", 0, draft("one"));
        revisions.add("a", 0, draft("late"));
        assertThat(new Audit(opened.connections(), Clock.systemUTC()).of("a", Long.MAX_VALUE, 10))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.action()).isEqualTo("catalog.change");
                    assertThat(entry.subject()).isEqualTo("revision 1");
                    assertThat(entry.detail()).contains("\"comment\":\"because\"");
                });
        assertThat(Changes.all(opened.connections()))
                .containsEntry(new Changes.Thing("catalog", "a"), 1L);
    }

    @Test
    void tenantsThatAreNotServedHaveNoHead() throws SQLException {
        revisions.add("a", 0, draft("one"));
        try (Connection connection = opened.connections().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("update tenants set state = 'suspended' where id = 'a'");
        }
        assertThat(revisions.heads()).isEmpty();
        assertThat(revisions.head("a")).isPresent();
    }

    @Test
    void tenantsSeeTheirOwnAlone() throws SQLException {
        revisions.add("a", 0, draft("one"));
        revisions.add("b", 0, new Draft(document("two"), Map.of("fp", "sealed"), AUTHOR, ""));
        assertThat(revisions.find("b", 1)).map(Revision::document).contains("x: two");
        assertThat(revisions.below("a", Long.MAX_VALUE, 10)).hasSize(1);
        assertThat(revisions.secrets("a")).isEmpty();
        assertThat(revisions.secrets("b")).isEqualTo(Map.of("fp", "sealed"));
    }

    @Test
    void aDraftThatFollowsAnotherHeadLeavesNothingBehind() throws SQLException {
        revisions.add("a", 0, draft("one"));
        Draft late = new Draft(document("late"), Map.of("late", "sealed"), AUTHOR, "");
        assertThat(revisions.add("a", 0, late)).isEmpty();
        assertThat(revisions.add("a", 2, late)).isEmpty();
        assertThat(revisions.head("a")).map(Revision::number).contains(1L);
        assertThat(revisions.below("a", Long.MAX_VALUE, 10)).hasSize(1);
        assertThat(revisions.secrets("a")).isEmpty();
        assertThat(revisions.add("a", 1, late)).isPresent();
    }

    @Test
    void aDraftWhoseSecretsCannotBeKeptLeavesNothingBehind() throws SQLException {
        Draft broken = new Draft(document("x"), Map.of("f".repeat(33), "sealed"), AUTHOR, "");
        assertThatThrownBy(() -> revisions.add("a", 0, broken)).isInstanceOf(SQLException.class);
        assertThat(revisions.head("a")).isEmpty();
        assertThat(revisions.below("a", Long.MAX_VALUE, 10)).isEmpty();
    }

    @Test
    void oneOfManyWhoFollowTheSameHeadWins() throws Exception {
        for (long head = 0; head < 5; head++) {
            long expected = head;
            List<Callable<Optional<Revision>>> writers = new ArrayList<>();
            for (int writer = 0; writer < 4; writer++) {
                String text = head + "-" + writer;
                writers.add(() -> revisions.add("a", expected, draft(text)));
            }
            int won = 0;
            try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
                for (Future<Optional<Revision>> result :
                        threads.invokeAll(writers, 60, TimeUnit.SECONDS)) {
                    won += result.get().isPresent() ? 1 : 0;
                }
            }
            assertThat(won).isEqualTo(1);
            assertThat(revisions.head("a")).map(Revision::number).contains(head + 1);
        }
    }

    @Test
    void aTenantThatDoesNotExistHasNoCatalog() {
        assertThatThrownBy(() -> revisions.add("nobody", 0, draft("x")))
                .isInstanceOf(SQLException.class);
    }

    private static Draft draft(String text) {
        return new Draft(document(text), Map.of(), AUTHOR, "because");
    }

    private static CatalogDocument document(String text) {
        return Documents.document("x: " + text);
    }
}
