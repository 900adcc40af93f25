package io.consort.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.service.limit.Admission;
import io.consort.service.limit.Exceeded;
import io.consort.service.limit.Ledgers;
import io.consort.service.limit.LimitCounters;
import io.consort.service.limit.Measure;
import io.consort.service.store.Costs;
import io.consort.service.store.Database;
import io.consort.service.store.DecisionRow;
import io.consort.service.store.DecisionRow.Outcome;
import io.consort.service.store.Ids;
import io.consort.service.store.Journal;
import io.consort.service.store.KeyTable;
import io.consort.service.store.KeyTable.ApiKey;
import io.consort.service.store.KeyTable.Draft;
import io.consort.service.store.Keys;
import io.consort.service.store.Principal;
import io.consort.service.store.Role;
import io.consort.service.store.Tenants;
import io.consort.service.tenant.Bell;
import io.consort.service.tenant.Bell.Ring;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LimitKeeperTest {

    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-12-05T12:00:00Z"), ZoneOffset.UTC);
    private static final long USD = 1_000_000_000L;

    private @TempDir Path folder;

    @Test
    void whatWasSpentBeforeTheStartCountsAfterItAndRingsBringNewLimits() throws SQLException {
        try (Database database =
                Database.open(
                        "jdbc:h2:mem:" + UUID.randomUUID(), Optional.empty(), Optional.empty())) {
            Tenants tenants = new Tenants(database.connections(), CLOCK);
            KeyTable table =
                    new KeyTable(
                            database.connections(),
                            new Keys(new byte[32], CLOCK),
                            new SecureRandom(),
                            CLOCK);
            assertThat(tenants.create("t", "T", "{\"usd_per_day\":10}", Principal.SERVICE))
                    .isPresent();
            Draft draft = new Draft("t", "k", Role.CHAT, Optional.empty(), "{\"usd_per_month\":3}");
            ApiKey key = table.create(draft, Principal.SERVICE).key();
            try (Journal journal = new Journal(database.connections(), folder, 10)) {
                journal.record(row(key.id(), 2.5));
            }
            Ledgers ledgers = new Ledgers(LimitCounters.ALONE, CLOCK::millis);
            LimitKeeper keeper = new LimitKeeper(tenants, table, ledgers);
            keeper.begin(new Costs(database.connections(), CLOCK));

            Optional<Exceeded> exceeded = enter(ledgers, key).ask("gpt", USD * 6 / 10);
            assertThat(exceeded.map(Exceeded::measure)).contains(Measure.MONTH);
            assertThat(enter(ledgers, key).ask("gpt", USD * 4 / 10)).isEmpty();

            assertThat(table.limit("t", key.id(), "{\"usd_per_day\":3.5}", Principal.SERVICE))
                    .isPresent();
            keeper.accept(new Ring(Bell.KEYS, "t"));
            assertThat(enter(ledgers, key).ask("gpt", USD * 6 / 10)).isEmpty();
            assertThat(enter(ledgers, key).ask("gpt", 1).map(Exceeded::measure))
                    .contains(Measure.DAY);

            assertThat(table.limit("t", key.id(), "{\"nonsense\":1}", Principal.SERVICE))
                    .isPresent();
            keeper.accept(new Ring(Bell.KEYS, "t"));
            assertThat(enter(ledgers, key).ask("gpt", 6 * USD)).isEmpty();
            assertThat(enter(ledgers, key).ask("gpt", USD).map(Exceeded::measure))
                    .contains(Measure.DAY);
        }
    }

    private static Admission enter(Ledgers ledgers, ApiKey key) {
        return (Admission) ledgers.of("t").admit(Long.toString(key.id()), 0);
    }

    private static DecisionRow row(long key, double usd) {
        return new DecisionRow(
                Ids.first(CLOCK.millis() - 60_000),
                "t",
                key,
                Optional.empty(),
                "auto",
                "default",
                "v",
                "none",
                1,
                1,
                "gpt",
                Outcome.ANSWERED,
                Optional.empty(),
                usd,
                1,
                1,
                1,
                List.of());
    }
}
