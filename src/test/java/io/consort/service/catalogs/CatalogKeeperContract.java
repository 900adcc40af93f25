package io.consort.service.catalogs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.consort.experts.catalog.CatalogFileException;
import io.consort.service.catalogs.CatalogKeeper.Change;
import io.consort.service.catalogs.CatalogRevisions.Revision;
import io.consort.service.store.Database;
import io.consort.service.store.Principal;
import io.consort.service.store.Role;
import io.consort.service.tenant.FakeTenancies;
import io.consort.service.tenant.LocalBell;
import io.consort.service.tenant.Tenancies;
import io.consort.service.tenant.Tenancy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How catalogs are kept on every database, by two processes that share it. */
@Timeout(120)
abstract class CatalogKeeperContract {

    private static final Author ROOT = new Author(Principal.SERVICE, "root");
    private static final Author ADMIN =
            new Author(new Principal("t", 1, "admin", Role.ADMIN), "admin");
    private static final byte[] MASTER = new byte[Sealer.MASTER_BYTES];

    @TempDir private Path folder = Path.of("");

    private final Database opened;
    private final FakeTenancies fakes = new FakeTenancies();
    private final Node here;
    private final Node there;

    /** One of the processes. */
    private record Node(Tenancies tenancies, LocalBell bell, CatalogKeeper catalogs) {

        Iterable<String> models(String tenant) {
            return tenancies.find(tenant).orElseThrow().roster().models();
        }
    }

    CatalogKeeperContract(Database opened) {
        this.opened = opened;
        here = process(MASTER);
        there = process(MASTER);
    }

    @BeforeEach
    void addTenant() throws SQLException {
        try (Connection connection = opened.connections().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("insert into tenants (id, created) values ('t', now())");
        }
    }

    @AfterEach
    void close() {
        here.tenancies().close();
        there.tenancies().close();
        fakes.close();
        opened.close();
    }

    @Test
    void whatIsSavedIsLiveHereAtOnceAndThereWhenItLooks() throws Exception {
        assertThat(save(here, 0, expert("one")).to()).isEqualTo(1);
        assertThat(here.models("t")).containsExactly("one");
        assertThat(there.catalogs().behind()).isEqualTo(Map.of("t", 1L));
        there.catalogs().follow("t");
        assertThat(there.models("t")).containsExactly("one");
        assertThat(there.catalogs().behind()).isEmpty();

        Change second = save(there, 1, expert("two"));
        assertThat(second.diff().words()).containsExactly("- expert one", "+ expert two");
        here.catalogs().follow("t");
        assertThat(here.models("t")).containsExactly("two");
        assertThat(here.tenancies().find("t").map(Tenancy::revision)).contains(2L);
    }

    @Test
    void aChangeThatFollowsAnotherRevisionIsRefused() throws Exception {
        save(here, 0, expert("one"));
        assertThatThrownBy(() -> save(there, 0, expert("two")))
                .isInstanceOf(MovedException.class)
                .hasMessageContaining("1");
        save(here, 1, expert("two"));
        // The other process has not followed: the database decides.
        assertThatThrownBy(() -> save(there, 1, expert("three")))
                .isInstanceOf(MovedException.class);
        assertThat(save(there, 2, expert("three")).to()).isEqualTo(3);
    }

    @Test
    void theSameDocumentAgainIsNoRevision() throws Exception {
        save(here, 0, expert("one"));
        Change again = save(here, 1, expert("one"));
        assertThat(again.to()).isEqualTo(1);
        assertThat(again.diff().isEmpty()).isTrue();
        assertThat(all()).hasSize(1);
    }

    @Test
    void aCatalogThatDoesNotOpenIsNotKept() throws Exception {
        save(here, 0, expert("one"));
        assertThatThrownBy(() -> save(here, 1, expert(FakeTenancies.BROKEN)))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> save(here, 1, "version: 1\nexperts: []\n"))
                .isInstanceOf(CatalogFileException.class)
                .hasMessageContaining("catalog:1:");
        assertThat(here.models("t")).containsExactly("one");
        assertThat(all()).hasSize(1);
    }

    @Test
    void aLookChangesNothing() throws Exception {
        save(here, 0, expert("one"));
        Change look =
                here.catalogs()
                        .preview("t", ROOT, _ -> true, _ -> Documents.document(expert("two")));
        assertThat(look.diff().changes()).hasSize(2);
        assertThat(look.to()).isEqualTo(1);
        assertThat(look.warnings())
                .singleElement()
                .asString()
                .contains("`experts.two.local.checkpoint`");
        assertThat(all()).hasSize(1);
    }

    @Test
    void whatOnlyRootMaySayIsRefusedBeforeAnythingIsRead() throws Exception {
        assertThatThrownBy(() ->
                        here.catalogs()
                                .save(
                                        "t",
                                        ADMIN,
                                        _ -> true,
                                        _ -> Documents.document(expert("one")),
                                        ""))
                .isInstanceOf(RootOnlyException.class)
                .hasMessageContaining("catalog:2: `experts.one.local.checkpoint`");
        save(here, 0, expert("one"));
        Change kept =
                here.catalogs()
                        .save(
                                "t",
                                ADMIN,
                                _ -> true,
                                live ->
                                        live.orElseThrow()
                                                .with(
                                                        Part.POLICY,
                                                        "default",
                                                        "pinned: { expert: one }"),
                                "");
        assertThat(kept.diff().words()).containsExactly("+ policy default");
    }

    @Test
    void secretsAreInNoTableInClearAndReachTheExpertsOfEveryProcess() throws Exception {
        save(
                here,
                0,
                """
                version: 1
                experts:
                  - id: gpt
                    openai:
                      base-url: "https://host/v1"
                      api-key: sk-very-secret
                      model: m
                      headers: { x-team: team-secret }
                """);
        assertThat(dump()).contains("sealed:").doesNotContain("very-secret", "team-secret");
        there.catalogs().follow("t");
        Node stranger = process(other());
        assertThatThrownBy(() -> stranger.catalogs().follow("t"))
                .isInstanceOf(CatalogFileException.class)
                .hasMessageContaining("sealed with another master key");
        assertThat(stranger.tenancies().find("t")).isEmpty();
        stranger.tenancies().close();
    }

    @Test
    void theWatchFollowsWithoutABell() throws Exception {
        save(here, 0, expert("one"));
        try (CatalogWatch _ =
                CatalogWatch.start(there.catalogs(), there.bell(), Duration.ofMillis(100))) {
            assertThat(there.models("t")).containsExactly("one");
            save(here, 1, expert("two"));
            while (there.catalogs().behind().containsKey("t")) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            }
            assertThat(there.models("t")).containsExactly("two");
        }
    }

    @Test
    void theWatchFollowsTheBell() throws Exception {
        save(here, 0, expert("one"));
        try (CatalogWatch _ =
                CatalogWatch.start(there.catalogs(), there.bell(), Duration.ofHours(1))) {
            save(here, 1, expert("two"));
            there.bell().ring("catalog", "t");
            while (there.catalogs().behind().containsKey("t")) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            }
            assertThat(there.models("t")).containsExactly("two");
        }
    }

    @Test
    void theFileIsTakenAgainWhenItWasChangedUntilSomebodyChangesTheCatalog() throws Exception {
        Path file = folder.resolve("catalog.yaml");
        take(file, expert("one"));
        take(file, expert("one"));
        assertThat(all()).hasSize(1);
        take(file, expert("two"));
        assertThat(here.models("t")).containsExactly("two");
        assertThat(all())
                .extracting(Revision::author, Revision::comment)
                .containsOnly(tuple(CatalogImport.FILE, "catalog.yaml"));
        save(here, 2, expert("three"));
        take(file, expert("four"));
        assertThat(here.models("t")).containsExactly("three");
        assertThat(all()).hasSize(3);
    }

    private void take(Path file, String text)
            throws IOException, SQLException, CatalogFileException {
        Files.writeString(file, text);
        CatalogImport.take(file, Map.of(), "t", here.catalogs());
    }

    private static byte[] other() {
        byte[] other = MASTER.clone();
        other[0] = 1;
        return other;
    }

    private List<Revision> all() throws SQLException {
        return here.catalogs().revisions().below("t", Long.MAX_VALUE, 100);
    }

    private String dump() throws SQLException {
        return all() + " " + here.catalogs().revisions().secrets("t");
    }

    private static Change save(Node process, long expected, String text) throws Exception {
        return process.catalogs()
                .save("t", ROOT, head -> head == expected, _ -> CatalogDocument.parse(text), "");
    }

    private static String expert(String id) {
        return "version: 1\nexperts: [{ id: %s, local: { checkpoint: %s } }]\n".formatted(id, id);
    }

    private Node process(byte[] master) {
        Tenancies tenancies = new Tenancies(fakes);
        LocalBell bell = new LocalBell();
        return new Node(
                tenancies,
                bell,
                new CatalogKeeper(
                        tenancies,
                        new CatalogRevisions(opened.connections(), Clock.systemUTC()),
                        new Sealing(new Sealer(master, new SecureRandom())),
                        new CatalogChecks(
                                Path.of("/catalogs"),
                                Map.of(),
                                new Restrictions(
                                        Path.of("/catalogs"), List.of(), _ -> Optional.empty())),
                        bell));
    }
}
