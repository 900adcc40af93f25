package io.consort.service.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.experts.chat.Usage;
import io.consort.service.store.DecisionRow.Failure;
import io.consort.service.store.DecisionRow.Outcome;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a journal does on every database. */
abstract class JournalContract {

    private @TempDir Path folder;
    private @Nullable Database opened;
    private @Nullable DataSource connections;

    /** A database with empty tables. */
    abstract Database open() throws SQLException;

    @BeforeEach
    void openDatabase() throws SQLException {
        Database fresh = open();
        opened = fresh;
        connections = fresh.connections();
    }

    @AfterEach
    void closeDatabase() {
        if (opened != null) {
            opened.close();
        }
    }

    private DataSource database() {
        return Objects.requireNonNull(connections);
    }

    @Test
    void everythingIsWrittenBeforeClosingReturns() throws SQLException {
        try (Journal journal = new Journal(database(), folder, 10_000)) {
            for (long id = 1; id <= 5_000; id++) {
                journal.record(row(id));
            }
        }
        assertThat(count("decisions")).isEqualTo(5_000);
        assertThat(count("attempts")).isEqualTo(5_000);
    }

    @Test
    void feedbackFindsADecisionThatWasRecordedJustBefore() throws Exception {
        try (Journal journal = new Journal(database(), folder, 10)) {
            journal.record(row(7));
            assertThat(join(journal, Ids.decision(7))).isTrue();
            assertThat(join(journal, "chatcmpl-upstream-7")).isTrue();
            assertThat(join(journal, "chatcmpl-upstream-8")).isFalse();
        }
        assertThat(count("feedback")).isEqualTo(2);
    }

    @Test
    void whatCannotBeWrittenIsKeptAndWrittenLater() throws SQLException {
        Flaky flaky = new Flaky(database(), 2);
        try (Journal journal = new Journal(flaky, folder, 1)) {
            for (long id = 1; id <= 1_500; id++) {
                journal.record(row(id));
            }
            assertThat(journal.isFull()).isTrue();
        }
        assertThat(flaky.refused).isEqualTo(2);
        assertThat(count("decisions")).isEqualTo(1_500);
    }

    @Test
    void rowsOfAJournalThatWasCutOffAreWrittenByTheNextOne() throws SQLException {
        cutOff(1, 3_000);
        try (Journal _ = new Journal(database(), folder, 10)) {
            // Opening and closing is all that it takes.
        }
        assertThat(count("decisions")).isEqualTo(3_000);
        assertThat(count("attempts")).isEqualTo(3_000);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void rowsThatTheDatabaseHasAlreadyAreNotWrittenTwice() throws SQLException {
        try (Connection connection = database().getConnection()) {
            DecisionTables.insert(connection, List.of(row(2), row(3)), false);
        }
        cutOff(1, 5);
        try (Journal journal = new Journal(database(), folder, 10)) {
            journal.record(row(6));
        }
        assertThat(count("decisions")).isEqualTo(6);
        assertThat(count("attempts")).isEqualTo(6);
    }

    @Test
    void rowsStayOnDiskWhenTheDatabaseNeverComesBack() throws SQLException {
        try (Journal journal = new Journal(new Flaky(database(), Integer.MAX_VALUE), folder, 10)) {
            journal.record(row(1));
        }
        assertThat(count("decisions")).isZero();
        try (Journal _ = new Journal(database(), folder, 10)) {
            // The database is there again.
        }
        assertThat(count("decisions")).isEqualTo(1);
    }

    /** What a process leaves that records rows and is killed before the database has any of them. */
    private void cutOff(long first, long last) {
        WriteAhead ahead = WriteAhead.open(folder, 1 << 20);
        for (long id = first; id <= last; id++) {
            ahead.append(RowCodec.encode(row(id)));
        }
    }

    private static boolean join(Journal journal, String id) throws Exception {
        Feedback feedback =
                new Feedback(
                        "default",
                        id,
                        OptionalDouble.of(1),
                        Optional.empty(),
                        Optional.empty(),
                        Instant.EPOCH);
        return journal.record(feedback).toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private static DecisionRow row(long id) {
        return new DecisionRow(
                id,
                "default",
                0,
                Optional.of("chatcmpl-upstream-" + id),
                "auto",
                "default",
                "0123456789ab",
                "none",
                1,
                1,
                "plain",
                Outcome.ANSWERED,
                Optional.of(new Usage(1, 2)),
                0,
                10,
                20,
                30,
                List.of(new Failure("down", "UNREACHABLE", "x".repeat(5_000))));
    }

    private int count(String table) throws SQLException {
        try (Connection connection = database().getConnection();
                ResultSet rows =
                        connection
                                .createStatement()
                                .executeQuery("select count(*) from " + table)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    /** A database that refuses its first connections. */
    private static final class Flaky implements DataSource {

        private final DataSource real;
        private final int refusals;
        private int refused;

        private Flaky(DataSource real, int refusals) {
            this.real = real;
            this.refusals = refusals;
        }

        @Override
        public Connection getConnection() throws SQLException {
            if (refused < refusals) {
                refused++;
                throw new SQLException("not now");
            }
            return real.getConnection();
        }

        @Override
        public Connection getConnection(String user, String password) throws SQLException {
            return getConnection();
        }

        @Override
        public PrintWriter getLogWriter() throws SQLException {
            return real.getLogWriter();
        }

        @Override
        public void setLogWriter(PrintWriter out) throws SQLException {
            real.setLogWriter(out);
        }

        @Override
        public void setLoginTimeout(int seconds) throws SQLException {
            real.setLoginTimeout(seconds);
        }

        @Override
        public int getLoginTimeout() throws SQLException {
            return real.getLoginTimeout();
        }

        @Override
        public Logger getParentLogger() {
            return Logger.getLogger("flaky");
        }

        @Override
        public <T> T unwrap(Class<T> type) throws SQLException {
            return real.unwrap(type);
        }

        @Override
        public boolean isWrapperFor(Class<?> type) throws SQLException {
            return real.isWrapperFor(type);
        }
    }
}
