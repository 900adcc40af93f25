package io.consort.service.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.service.store.Changes;
import io.consort.service.store.Database;
import io.consort.service.store.KeyTable;
import io.consort.service.store.KeyTable.Draft;
import io.consort.service.store.KeyTable.Made;
import io.consort.service.store.Keys;
import io.consort.service.store.Principal;
import io.consort.service.store.Role;
import io.consort.service.store.Tenants;
import io.consort.service.store.Transaction;
import io.consort.service.tenant.Bell.Ring;
import io.consort.service.tenant.Catalogs.Revised;
import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a node hears, on every database, of what another has changed. */
@Timeout(60)
abstract class ChangeWatchContract {

    private static final byte[] PEPPER = {1};
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final Database opened;
    private final DataSource database;
    private final Bell bell = new LocalBell();
    private final BlockingQueue<Ring> heard = new LinkedBlockingQueue<>();
    private final Tenants tenants;

    /** Nodes on a database with empty tables. */
    ChangeWatchContract(Database opened) {
        this.opened = opened;
        this.database = opened.connections();
        this.tenants = new Tenants(database, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        opened.close();
    }

    @Test
    void theBellRingsOnceForWhatIsChangedAfterTheStart() throws Exception {
        note("a");
        try (ChangeWatch watch = ChangeWatch.start(database, bell, PAUSE)) {
            var _ = bell.listen(heard::add);
            note("b");
            assertThat(next()).isEqualTo(new Ring("catalog", "b"));
            note("a");
            assertThat(next()).isEqualTo(new Ring("catalog", "a"));
            assertThat(heard).isEmpty();
            assertThat(watch.isReachable()).isTrue();
        }
        note("a");
        assertThat(heard).isEmpty();
    }

    @Test
    void aLookThatDoesNotEndIsNoSightOfTheDatabase() throws Exception {
        CountDownLatch mended = new CountDownLatch(1);
        AtomicBoolean broken = new AtomicBoolean();
        DataSource fragile =
                (DataSource)
                        Proxy.newProxyInstance(
                                DataSource.class.getClassLoader(),
                                new Class<?>[] {DataSource.class},
                                (_, method, arguments) -> {
                                    if (broken.get()) {
                                        mended.await();
                                    }
                                    return method.invoke(database, arguments);
                                });
        try (ChangeWatch watch = ChangeWatch.start(fragile, bell, PAUSE, PAUSE)) {
            broken.set(true);
            awaitReachable(watch, false);
            broken.set(false);
            mended.countDown();
            awaitReachable(watch, true);
        }
    }

    @Test
    void aKeyRevokedOnOneNodeIsTurnedAwayByTheOther() throws Exception {
        tenants.create("acme", "ACME", "{}", Principal.SERVICE);
        Keys here = new Keys(PEPPER, Clock.systemUTC());
        Keys there = new Keys(PEPPER, Clock.systemUTC());
        KeyTable table = new KeyTable(database, here, new SecureRandom(), Clock.systemUTC());
        try (FakeTenancies fakes = new FakeTenancies();
                Tenancies tenancies = new Tenancies(fakes);
                ChangeWatch watch = ChangeWatch.start(database, bell, PAUSE)) {
            follow(there, tenancies);
            Draft draft = new Draft("acme", "one", Role.CHAT, Optional.empty(), "{}");
            Made made = table.create(draft, Principal.SERVICE);
            assertThat(next()).isEqualTo(new Ring("keys", "acme"));
            assertThat(there.find(made.secret())).isPresent();
            table.revoke("acme", made.key().id(), Principal.SERVICE);
            assertThat(next()).isEqualTo(new Ring("keys", "acme"));
            assertThat(there.find(made.secret())).isEmpty();
            assertThat(watch.isReachable()).isTrue();
        }
    }

    @Test
    void aTenantMadeOnOneNodeIsServedByTheOtherUntilItIsRemoved() throws Exception {
        Keys there = new Keys(PEPPER, Clock.systemUTC());
        try (FakeTenancies fakes = new FakeTenancies();
                Tenancies tenancies = new Tenancies(fakes);
                ChangeWatch watch = ChangeWatch.start(database, bell, PAUSE)) {
            follow(there, tenancies);
            tenants.create("acme", "ACME", "{}", Principal.SERVICE);
            assertThat(next()).isEqualTo(new Ring("tenants", "acme"));
            assertThat(tenancies.find("acme")).isPresent();
            tenants.change(
                    "acme",
                    new Tenants.Change(
                            Optional.empty(), Optional.of(Tenants.State.REMOVED), Optional.empty()),
                    Principal.SERVICE);
            assertThat(next()).isEqualTo(new Ring("tenants", "acme"));
            assertThat(tenancies.find("acme")).isEmpty();
            assertThat(watch.isReachable()).isTrue();
        }
    }

    private static void awaitReachable(ChangeWatch watch, boolean expected) {
        while (watch.isReachable() != expected) {
            Thread.onSpinWait();
        }
    }

    /** The caretaker listens first, so that what is heard was followed. */
    private void follow(Keys keys, Tenancies tenancies) {
        var _ =
                bell.listen(
                        new Caretaker(
                                database,
                                keys,
                                tenants,
                                _ -> new Revised(FakeTenancies.catalog("one"), 0),
                                tenancies));
        var _ = bell.listen(heard::add);
    }

    private Ring next() throws InterruptedException {
        return Optional.ofNullable(heard.poll(30, TimeUnit.SECONDS)).orElseThrow();
    }

    private void note(String tenant) throws SQLException {
        Transaction.run(
                database,
                connection -> {
                    Changes.note(connection, "catalog", tenant);
                    return true;
                });
    }
}
