package io.consort.service.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.experts.chat.Usage;
import io.consort.service.store.DecisionRow.Failure;
import io.consort.service.store.DecisionRow.Outcome;
import io.consort.service.store.Decisions.Told;
import io.consort.service.store.Usages.Line;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is told of recorded decisions on every database. */
abstract class RecordsContract {

    private static final LocalDate DAY = LocalDate.parse("2026-03-01");

    private final Database opened;
    private final DataSource database;
    private final Decisions decisions;
    private final Usages usages;

    /** Records in a database with empty tables. */
    RecordsContract(Database opened) {
        this.opened = opened;
        this.database = opened.connections();
        this.decisions = new Decisions(database);
        this.usages = new Usages(database);
    }

    @AfterEach
    void close() {
        opened.close();
    }

    @Test
    void aDecisionIsToldAsItWasRecordedWithItsFeedback() throws SQLException {
        DecisionRow row =
                row("a", "2026-03-01T12:00:00Z", 0, "plain", 3, Optional.of(new Usage(10, 20)));
        insert(row);
        Feedback good =
                new Feedback(
                        "a",
                        Ids.decision(row.id()),
                        OptionalDouble.of(0.5),
                        Optional.empty(),
                        Optional.of("so so"),
                        Instant.parse("2026-03-02T00:00:00Z"));
        try (Connection connection = database.getConnection()) {
            assertThat(DecisionTables.join(connection, good)).isTrue();
        }
        assertThat(decisions.find("a", row.id())).contains(new Told(row, List.of(good)));
        assertThat(decisions.find("b", row.id())).isEmpty();
        assertThat(decisions.find("a", row.id() + 1)).isEmpty();
    }

    @Test
    void decisionsComeInPagesTheNewestFirst() throws SQLException {
        for (int i = 0; i < 5; i++) {
            insert(row("a", "2026-03-01T12:00:00Z", i, "plain", 1, Optional.empty()));
            insert(row("b", "2026-03-01T12:00:00Z", 100 + i, "plain", 1, Optional.empty()));
        }
        List<DecisionRow> first = decisions.of("a", Long.MAX_VALUE, 3);
        List<DecisionRow> second = decisions.of("a", first.getLast().id(), 3);
        assertThat(first).hasSize(3).isSortedAccordingTo((x, y) -> Long.compare(y.id(), x.id()));
        assertThat(second).hasSize(2).allMatch(row -> row.tenant().equals("a"));
        assertThat(second.getFirst().id()).isLessThan(first.getLast().id());
    }

    @Test
    void usageIsSummedByDayExpertAndKeyOfOneTenant() throws SQLException {
        Optional<Usage> used = Optional.of(new Usage(10, 20));
        insert(row("a", "2026-03-01T00:00:00Z", 0, "plain", 1, used));
        insert(row("a", "2026-03-01T23:59:59.999Z", 0, "plain", 1, used));
        insert(row("a", "2026-03-01T12:00:00Z", 0, "plain", 2, used));
        insert(row("a", "2026-03-01T12:00:00Z", 1, "dear", 1, Optional.empty()));
        insert(row("a", "2026-03-02T00:00:00Z", 0, "plain", 1, used));
        insert(row("a", "2026-02-28T23:59:59.999Z", 0, "plain", 1, used));
        insert(row("b", "2026-03-01T12:00:00Z", 2, "plain", 1, used));
        assertThat(usages.of("a", DAY, DAY))
                .containsExactly(
                        new Line(DAY, "dear", 1, 1, 0, 0, 0.25),
                        new Line(DAY, "plain", 1, 2, 20, 40, 0.5),
                        new Line(DAY, "plain", 2, 1, 10, 20, 0.25));
        assertThat(usages.of("a", DAY.minusDays(1), DAY.plusDays(1))).hasSize(5);
        assertThat(usages.of("c", DAY, DAY)).isEmpty();
    }

    private void insert(DecisionRow row) throws SQLException {
        try (Connection connection = database.getConnection()) {
            DecisionTables.insert(connection, List.of(row), false);
        }
    }

    private static DecisionRow row(
            String tenant, String at, long place, String expert, long key, Optional<Usage> usage) {
        return new DecisionRow(
                Ids.first(Instant.parse(at).toEpochMilli()) + place,
                tenant,
                key,
                Optional.empty(),
                "auto",
                "default",
                "0123456789ab",
                "none",
                0.5,
                1,
                expert,
                Outcome.ANSWERED,
                usage,
                0.25,
                10,
                20,
                30,
                place == 0 && key == 3
                        ? List.of(
                                new Failure("down", "UNREACHABLE", "nobody there"),
                                new Failure(
                                        "weak",
                                        Failure.UNSURE,
                                        "",
                                        Optional.of(new Usage(1, 2)),
                                        0.5))
                        : List.of());
    }
}
