package io.consort.service.store;

import io.consort.experts.chat.Usage;
import io.consort.service.store.DecisionRow.Failure;
import io.consort.service.store.DecisionRow.Outcome;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import javax.sql.DataSource;

/** The decisions that the journal has written. Thread-safe; every method blocks. */
public final class Decisions {

    private static final String SELECT =
            """
            select id, tenant, upstream_id, asked, policy, policy_version, category, probability,
                propensity, expert, outcome, prompt_tokens, completion_tokens, cost_usd, overhead_us,
                first_us, total_us, key_id
            from decisions where tenant = ? and\
            """;

    private final DataSource database;

    /** A decision and what was said of its answer, the oldest first. */
    public record Told(DecisionRow row, List<Feedback> feedback) {
        public Told {
            feedback = List.copyOf(feedback);
        }
    }

    /** The decisions in this database. */
    public Decisions(DataSource database) {
        this.database = database;
    }

    /** The tenant's decision with this number, with its attempts and its feedback. */
    public Optional<Told> find(String tenant, long id) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(SELECT + " id = ?")) {
            select.setString(1, tenant);
            select.setLong(2, id);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next()
                        ? Optional.of(
                                new Told(
                                        row(rows, attempts(connection, id)),
                                        feedback(connection, tenant, id)))
                        : Optional.empty();
            }
        }
    }

    /**
     * The tenant's decisions without their attempts, the newest first.
     *
     * @param before only those with smaller numbers
     */
    public List<DecisionRow> of(String tenant, long before, int most) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement select =
                        connection.prepareStatement(SELECT + " id < ? order by id desc limit ?")) {
            select.setString(1, tenant);
            select.setLong(2, before);
            select.setInt(3, most);
            List<DecisionRow> page = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    page.add(row(rows, List.of()));
                }
            }
            return page;
        }
    }

    private static DecisionRow row(ResultSet row, List<Failure> failures) throws SQLException {
        return new DecisionRow(
                row.getLong(1),
                row.getString(2),
                row.getLong(18),
                Optional.ofNullable(row.getString(3)),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getDouble(8),
                row.getDouble(9),
                row.getString(10),
                Outcome.valueOf(row.getString(11)),
                usage(row, 12),
                row.getDouble(14),
                row.getLong(15),
                row.getLong(16),
                row.getLong(17),
                failures);
    }

    /** Reads two places. */
    private static Optional<Usage> usage(ResultSet row, int place) throws SQLException {
        long prompt = row.getLong(place);
        if (row.wasNull()) {
            return Optional.empty();
        }
        return Optional.of(new Usage(prompt, row.getLong(place + 1)));
    }

    private static List<Failure> attempts(Connection connection, long id) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement(
                        "select expert, failure, message, prompt_tokens, completion_tokens, cost_usd"
                                + " from attempts where decision = ? order by place")) {
            select.setLong(1, id);
            List<Failure> attempts = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    attempts.add(
                            new Failure(
                                    rows.getString(1),
                                    rows.getString(2),
                                    rows.getString(3),
                                    usage(rows, 4),
                                    rows.getDouble(6)));
                }
            }
            return attempts;
        }
    }

    private static List<Feedback> feedback(Connection connection, String tenant, long id)
            throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement(
                        "select score, label, comment, created from feedback where decision = ? order by id")) {
            select.setLong(1, id);
            List<Feedback> feedback = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    double score = rows.getDouble(1);
                    feedback.add(
                            new Feedback(
                                    tenant,
                                    Ids.decision(id),
                                    rows.wasNull()
                                            ? OptionalDouble.empty()
                                            : OptionalDouble.of(score),
                                    Optional.ofNullable(rows.getString(2)),
                                    Optional.ofNullable(rows.getString(3)),
                                    rows.getObject(4, OffsetDateTime.class).toInstant()));
                }
            }
            return feedback;
        }
    }
}
