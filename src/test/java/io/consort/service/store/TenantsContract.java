package io.consort.service.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consort.service.store.Audit.Entry;
import io.consort.service.store.Changes.Thing;
import io.consort.service.store.Tenants.Change;
import io.consort.service.store.Tenants.State;
import io.consort.service.store.Tenants.Tenant;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the tables of tenants, of their audit and of changes do on every database. */
@Timeout(120)
abstract class TenantsContract {

    private static final Principal ROOT = new Principal("default", 7, "boss", Role.ROOT);

    private final Database opened;
    private final DataSource database;
    private final Tenants tenants;
    private final Audit audit;

    /** Tenants in a database with empty tables. */
    TenantsContract(Database opened) {
        this.opened = opened;
        this.database = opened.connections();
        this.tenants = new Tenants(database, Clock.systemUTC());
        this.audit = new Audit(database, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        opened.close();
    }

    @Test
    void aTenantIsMadeOnceAndFoundAsItWasMade() throws SQLException {
        Tenant made = tenants.create("acme", "ACME", "{\"x\":1}", ROOT).orElseThrow();
        assertThat(tenants.create("acme", "Another", "{}", ROOT)).isEmpty();
        Tenant found = tenants.find("acme").orElseThrow();
        assertThat(found.name()).isEqualTo("ACME");
        assertThat(found.limits()).isEqualTo("{\"x\":1}");
        assertThat(found.state()).isEqualTo(State.ACTIVE);
        assertThat(found.created().toEpochMilli()).isEqualTo(made.created().toEpochMilli());
        assertThat(tenants.find("other")).isEmpty();
        assertThat(tenants.all()).containsExactly(found);
    }

    @Test
    void onlyWhatAChangeNamesIsChanged() throws SQLException {
        tenants.create("acme", "ACME", "{}", ROOT);
        change(Optional.of("Acme Ltd"), Optional.empty(), Optional.empty());
        change(Optional.empty(), Optional.of(State.SUSPENDED), Optional.empty());
        Tenant changed = change(Optional.empty(), Optional.empty(), Optional.of("{\"y\":2}"));
        assertThat(changed.name()).isEqualTo("Acme Ltd");
        assertThat(changed.state()).isEqualTo(State.SUSPENDED);
        assertThat(changed.limits()).isEqualTo("{\"y\":2}");
        assertThat(tenants.find("acme").map(Tenant::limits)).contains("{\"y\":2}");
    }

    @Test
    void aRemovedTenantStaysInTheTableAndCannotBeChangedOrMadeAgain() throws SQLException {
        tenants.create("acme", "ACME", "{}", ROOT);
        change(Optional.empty(), Optional.of(State.REMOVED), Optional.empty());
        Change revival = new Change(Optional.empty(), Optional.of(State.ACTIVE), Optional.empty());
        assertThat(tenants.change("acme", revival, ROOT)).isEmpty();
        assertThat(tenants.change("nobody", revival, ROOT)).isEmpty();
        assertThat(tenants.create("acme", "ACME", "{}", ROOT)).isEmpty();
        assertThat(tenants.find("acme").map(Tenant::state)).contains(State.REMOVED);
    }

    @Test
    void everyChangeIsAuditedWithWhoMadeIt() throws SQLException {
        tenants.create("acme", "ACME", "{}", ROOT);
        tenants.create("acme", "ACME", "{}", ROOT);
        tenants.create("other", "Other", "{}", ROOT);
        change(Optional.of("A"), Optional.empty(), Optional.empty());
        change(Optional.empty(), Optional.of(State.REMOVED), Optional.empty());
        List<Entry> entries = audit.of("acme", Long.MAX_VALUE, 10);
        assertThat(entries)
                .extracting(Entry::action)
                .containsExactly("tenant.remove", "tenant.change", "tenant.create");
        assertThat(entries).allMatch(entry -> entry.actor().equals("boss"));
        assertThat(entries).allMatch(entry -> entry.actorKey() == 7);
        assertThat(entries.getFirst().detail()).isEqualTo("{\"state\":\"removed\",\"limits\":{}}");
        assertThat(audit.of("acme", entries.getFirst().id(), 1))
                .extracting(Entry::action)
                .containsExactly("tenant.change");
        assertThat(audit.of("other", Long.MAX_VALUE, 10)).hasSize(1);
    }

    @Test
    void changesOfManyTransactionsAtOnceAreAllCounted() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        List<Future<Boolean>> writers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < 4; i++) {
                writers.add(threads.submit(() -> noteOften(go)));
            }
            go.countDown();
            for (Future<Boolean> writer : writers) {
                assertThat(writer.get(60, TimeUnit.SECONDS)).isTrue();
            }
        }
        assertThat(Changes.all(database)).containsEntry(new Thing("catalog", "a"), 80L);
        assertThat(Changes.all(database)).containsEntry(new Thing("catalog", "b"), 80L);
    }

    @Test
    void whatIsUndoneIsNeitherAuditedNorNoted() throws SQLException {
        assertThatThrownBy(() ->
                        Transaction.run(
                                database,
                                connection -> {
                                    Changes.note(connection, "catalog", "a");
                                    throw new IllegalStateException("no");
                                }))
                .hasMessage("no");
        assertThat(Changes.all(database)).isEmpty();
        tenants.create("acme", "ACME", "{}", ROOT);
        assertThat(Changes.all(database)).containsOnlyKeys(new Thing("tenants", "acme"));
    }

    private boolean noteOften(CountDownLatch go) throws SQLException, InterruptedException {
        boolean begun = go.await(30, TimeUnit.SECONDS);
        for (int i = 0; i < 20; i++) {
            Transaction.run(
                    database,
                    connection -> {
                        Changes.note(connection, "catalog", "a");
                        Changes.note(connection, "catalog", "b");
                        return true;
                    });
        }
        return begun;
    }

    private Tenant change(Optional<String> name, Optional<State> state, Optional<String> limits)
            throws SQLException {
        return tenants.change("acme", new Change(name, state, limits), ROOT).orElseThrow();
    }
}
