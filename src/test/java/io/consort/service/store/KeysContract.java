package io.consort.service.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.service.store.KeyTable.ApiKey;
import io.consort.service.store.KeyTable.Draft;
import io.consort.service.store.KeyTable.Made;
import io.consort.service.store.Keys.Standing;
import io.consort.service.store.Tenants.Change;
import io.consort.service.store.Tenants.State;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What keys do on every database. */
abstract class KeysContract {

    private static final byte[] PEPPER = {1, 2, 3};
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Database opened;
    private final DataSource database;
    private final Turned clock = new Turned();
    private final Keys keys = new Keys(PEPPER, clock);
    private final KeyTable table;
    private final Tenants tenants;

    /** Keys in a database with empty tables. */
    KeysContract(Database opened) {
        this.opened = opened;
        this.database = opened.connections();
        this.table = new KeyTable(database, keys, new SecureRandom(), clock);
        this.tenants = new Tenants(database, clock);
        try {
            tenants.create("a", "A", "{}", Principal.SERVICE);
            tenants.create("b", "B", "{}", Principal.SERVICE);
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    @AfterEach
    void close() {
        opened.close();
    }

    @Test
    void keysAreKnownToEveryProcessWithTheSamePepper() throws SQLException {
        Made one = make("a", "one", Role.ADMIN);
        Made two = make("b", "two", Role.CHAT);
        Keys second = loaded(PEPPER);
        assertThat(second.find(one.secret()))
                .contains(new Principal("a", one.key().id(), "one", Role.ADMIN));
        assertThat(second.find(two.secret()))
                .contains(new Principal("b", two.key().id(), "two", Role.CHAT));
        assertThat(loaded(new byte[] {4}).find(one.secret())).isEmpty();
    }

    @Test
    void aKeyIsKnownByItsBeginningAndNeverShownWhole() throws SQLException {
        Made made = make("a", "one", Role.CHAT);
        assertThat(made.secret()).startsWith("ck-").hasSizeGreaterThan(40);
        assertThat(made.secret()).startsWith(made.key().prefix());
        assertThat(made.key().prefix()).hasSize(9);
        assertThat(made.toString()).doesNotContain(made.secret());
        assertThat(table.of("a")).containsExactly(made.key());
    }

    @Test
    void aRevokedKeyIsTurnedAwayAndStaysInTheList() throws SQLException {
        Made made = make("a", "one", Role.CHAT);
        Made other = make("a", "two", Role.CHAT);
        Optional<ApiKey> revoked = table.revoke("a", made.key().id(), Principal.SERVICE);
        assertThat(revoked.flatMap(ApiKey::revoked)).contains(START);
        assertThat(keys.standing(made.secret())).isEqualTo(new Standing.Unknown());
        assertThat(keys.find(other.secret())).isPresent();
        assertThat(table.of("a")).hasSize(2);
        assertThat(table.revoke("a", made.key().id(), Principal.SERVICE)).isEmpty();
        assertThat(table.limit("a", made.key().id(), "{}", Principal.SERVICE)).isEmpty();
    }

    @Test
    void aKeyWorksUntilTheInstantAtWhichItExpires() throws SQLException {
        Instant end = START.plusSeconds(60);
        Draft draft = new Draft("a", "short", Role.CHAT, Optional.of(end), "{}");
        String secret = table.create(draft, Principal.SERVICE).secret();
        clock.turn(Duration.ofMillis(59_999));
        assertThat(keys.find(secret)).isPresent();
        clock.turn(Duration.ofMillis(1));
        assertThat(keys.find(secret)).isEmpty();
        assertThat(keys.standing(secret)).isEqualTo(new Standing.Expired(end));
    }

    @Test
    void keysOfATenantThatIsNotServedAreTurnedAway() throws SQLException {
        Made a = make("a", "one", Role.ADMIN);
        Made b = make("b", "two", Role.ADMIN);
        become(State.SUSPENDED);
        assertThat(keys.standing(a.secret())).isEqualTo(new Standing.Suspended("a"));
        assertThat(keys.find(b.secret())).isPresent();
        become(State.ACTIVE);
        assertThat(keys.find(a.secret())).isPresent();
        become(State.REMOVED);
        assertThat(keys.standing(a.secret())).isEqualTo(new Standing.Unknown());
    }

    @Test
    void noTenantFindsOrChangesTheKeyOfAnother() throws SQLException {
        Made a = make("a", "one", Role.ADMIN);
        long id = a.key().id();
        assertThat(table.of("b")).isEmpty();
        assertThat(table.find("b", id)).isEmpty();
        assertThat(table.limit("b", id, "{\"x\":1}", Principal.SERVICE)).isEmpty();
        assertThat(table.revoke("b", id, Principal.SERVICE)).isEmpty();
        assertThat(table.find("a", id)).contains(a.key());
        assertThat(keys.find(a.secret())).isPresent();
    }

    @Test
    void limitsOfAKeyAreKeptAsTheyAre() throws SQLException {
        Made made = make("a", "one", Role.CHAT);
        String limits = "{\"requests\":{\"per\":\"minute\",\"most\":60}}";
        assertThat(table.limit("a", made.key().id(), limits, Principal.SERVICE).map(ApiKey::limits))
                .contains(limits);
        assertThat(table.find("a", made.key().id()).map(ApiKey::limits)).contains(limits);
    }

    private Made make(String tenant, String name, Role role) throws SQLException {
        return table.create(
                new Draft(tenant, name, role, Optional.empty(), "{}"), Principal.SERVICE);
    }

    private void become(State state) throws SQLException {
        tenants.change(
                "a",
                new Change(Optional.empty(), Optional.of(state), Optional.empty()),
                Principal.SERVICE);
        keys.load(database);
    }

    private Keys loaded(byte[] pepper) throws SQLException {
        Keys loaded = new Keys(pepper, clock);
        loaded.load(database);
        return loaded;
    }

    /** A clock that stands still until it is turned. */
    private static final class Turned extends Clock {
        private Instant now = START;

        void turn(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
