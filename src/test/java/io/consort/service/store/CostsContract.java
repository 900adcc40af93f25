package io.consort.service.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.experts.chat.Usage;
import io.consort.service.store.Costs.Cost;
import io.consort.service.store.DecisionRow.Failure;
import io.consort.service.store.DecisionRow.Outcome;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is summed on every database. */
abstract class CostsContract {

    private static final Instant NOON = Instant.parse("2026-12-05T12:00:00Z");

    private @TempDir Path folder;

    /** A database with empty tables. */
    abstract Database open() throws SQLException;

    @Test
    void costsOfTodayAndThisMonthAreSummedByKeyAndByExpert() throws SQLException {
        try (Database database = open()) {
            try (Journal journal = new Journal(database.connections(), folder, 100)) {
                journal.record(row("2026-12-05T00:00:00Z", 7, "gpt", 4, 0));
                journal.record(row("2026-12-05T11:00:00Z", 7, "gpt", 2, 1));
                journal.record(row("2026-12-04T23:59:59Z", 7, "gpt", 8, 0));
                journal.record(row("2026-12-01T00:00:00Z", 8, "free", 0, 0));
                journal.record(row("2026-11-30T23:59:59Z", 7, "gpt", 16, 0));
                assertThat(journal.awaitWritten()).isTrue();
            }
            Costs costs = new Costs(database.connections(), Clock.fixed(NOON, ZoneOffset.UTC));
            assertThat(costs.byKey())
                    .containsExactlyInAnyOrder(new Cost("t", "7", 6, 14), new Cost("t", "8", 0, 0));
            assertThat(costs.byExpert())
                    .containsExactlyInAnyOrder(
                            new Cost("t", "gpt", 5, 13),
                            new Cost("t", "free", 0, 0),
                            new Cost("t", "unsure", 1, 1));
        }
    }

    private static DecisionRow row(
            String at, long key, String expert, double usd, double ofOthers) {
        return new DecisionRow(
                Ids.first(Instant.parse(at).toEpochMilli()),
                "t",
                key,
                Optional.empty(),
                "auto",
                "default",
                "v",
                "none",
                1,
                1,
                expert,
                Outcome.ANSWERED,
                Optional.of(new Usage(1, 1)),
                usd,
                1,
                1,
                1,
                ofOthers == 0
                        ? List.of()
                        : List.of(
                                new Failure(
                                        "unsure",
                                        Failure.UNSURE,
                                        "not sure",
                                        Optional.of(new Usage(1, 1)),
                                        ofOthers)));
    }
}
