package io.consort.service.store;

import io.consort.experts.chat.Usage;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The tables of decisions, attempts and feedback. */
final class DecisionTables {

    private static final String DECISION =
            """
            insert into decisions (id, tenant, upstream_id, asked, policy, category, probability,
                propensity, expert, outcome, prompt_tokens, completion_tokens, cost_usd,
                overhead_us, first_us, total_us, policy_version, key_id)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
            """;

    private static final String ATTEMPT =
            """
            insert into attempts (decision, place, expert, failure, message, prompt_tokens,
                completion_tokens, cost_usd)
            values (?, ?, ?, ?, ?, ?, ?, ?)\
            """;

    private static final String FEEDBACK =
            "insert into feedback (decision, score, label, comment, created) values (?, ?, ?, ?, ?)";

    private DecisionTables() {}

    /**
     * Inserts all rows or none.
     *
     * @param again whether some may be there already; these are left as they are
     */
    static void insert(Connection connection, List<DecisionRow> rows, boolean again)
            throws SQLException {
        Set<Long> there = again ? existing(connection, rows) : Set.of();
        insert(connection, rows.stream().filter(row -> !there.contains(row.id())).toList());
    }

    private static Set<Long> existing(Connection connection, List<DecisionRow> rows)
            throws SQLException {
        Set<Long> there = new HashSet<>();
        try (PreparedStatement select =
                connection.prepareStatement("select id from decisions where id = ?")) {
            for (DecisionRow row : rows) {
                select.setLong(1, row.id());
                try (ResultSet found = select.executeQuery()) {
                    if (found.next()) {
                        there.add(row.id());
                    }
                }
            }
        }
        return there;
    }

    private static void insert(Connection connection, List<DecisionRow> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        connection.setAutoCommit(false);
        try (PreparedStatement decision = connection.prepareStatement(DECISION);
                PreparedStatement attempt = connection.prepareStatement(ATTEMPT)) {
            boolean attempts = false;
            for (DecisionRow row : rows) {
                bind(decision, row);
                decision.addBatch();
                for (int place = 0; place < row.failures().size(); place++) {
                    bind(attempt, row.id(), place, row.failures().get(place));
                    attempt.addBatch();
                    attempts = true;
                }
            }
            decision.executeBatch();
            if (attempts) {
                attempt.executeBatch();
            }
            connection.commit();
        } catch (SQLException failure) {
            connection.rollback();
            throw failure;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    /** Joins feedback to the newest decision that it may mean; false when there is none. */
    static boolean join(Connection connection, Feedback feedback) throws SQLException {
        OptionalLong decision = find(connection, feedback);
        if (decision.isEmpty()) {
            return false;
        }
        try (PreparedStatement insert = connection.prepareStatement(FEEDBACK)) {
            insert.setLong(1, decision.getAsLong());
            if (feedback.score().isPresent()) {
                insert.setDouble(2, feedback.score().getAsDouble());
            } else {
                insert.setNull(2, Types.DOUBLE);
            }
            setText(insert, 3, feedback.label());
            setText(insert, 4, feedback.comment());
            insert.setObject(5, feedback.at().atOffset(ZoneOffset.UTC));
            insert.executeUpdate();
            return true;
        }
    }

    private static OptionalLong find(Connection connection, Feedback feedback) throws SQLException {
        OptionalLong own = Ids.parse(feedback.completionId());
        String where = own.isPresent() ? "id = ?" : "upstream_id = ?";
        try (PreparedStatement select =
                connection.prepareStatement(
                        "select id from decisions where tenant = ? and "
                                + where
                                + " order by id desc limit 1")) {
            select.setString(1, feedback.tenant());
            if (own.isPresent()) {
                select.setLong(2, own.getAsLong());
            } else {
                select.setString(2, feedback.completionId());
            }
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? OptionalLong.of(rows.getLong(1)) : OptionalLong.empty();
            }
        }
    }

    private static void bind(PreparedStatement into, DecisionRow row) throws SQLException {
        into.setLong(1, row.id());
        into.setString(2, row.tenant());
        setText(into, 3, row.upstreamId().map(id -> cut(id, 200)));
        into.setString(4, cut(row.asked(), 200));
        into.setString(5, row.policy());
        into.setString(6, row.category());
        into.setDouble(7, row.probability());
        into.setDouble(8, row.propensity());
        into.setString(9, row.expert());
        into.setString(10, row.outcome().name());
        setUsage(into, 11, row.usage());
        into.setDouble(13, row.costUsd());
        into.setLong(14, row.overheadMicros());
        into.setLong(15, row.firstMicros());
        into.setLong(16, row.totalMicros());
        into.setString(17, row.policyVersion());
        into.setLong(18, row.keyId());
    }

    private static void bind(
            PreparedStatement into, long decision, int place, DecisionRow.Failure failure)
            throws SQLException {
        into.setLong(1, decision);
        into.setInt(2, place);
        into.setString(3, failure.expert());
        into.setString(4, failure.kind());
        into.setString(5, failure.message());
        setUsage(into, 6, failure.usage());
        into.setDouble(8, failure.costUsd());
    }

    /** Sets two places. */
    private static void setUsage(PreparedStatement into, int place, Optional<Usage> usage)
            throws SQLException {
        if (usage.isPresent()) {
            into.setLong(place, usage.get().promptTokens());
            into.setLong(place + 1, usage.get().completionTokens());
        } else {
            into.setNull(place, Types.BIGINT);
            into.setNull(place + 1, Types.BIGINT);
        }
    }

    private static void setText(PreparedStatement into, int place, Optional<String> text)
            throws SQLException {
        if (text.isPresent()) {
            into.setString(place, text.get());
        } else {
            into.setNull(place, Types.VARCHAR);
        }
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most);
    }
}
