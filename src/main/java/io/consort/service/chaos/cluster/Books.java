package io.consort.service.chaos.cluster;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The decisions that the database has.
 *
 * @param promptTokens by the number of the decision
 */
record Books(Map<Long, Long> promptTokens) {

    Books {
        promptTokens = Map.copyOf(promptTokens);
    }

    /** What is recorded of a database, of one key's requests. */
    static Books read(DatabaseAccess database, String keyName) throws SQLException {
        Map<Long, Long> rows = new HashMap<>();
        try (Connection connection = database.connect();
                PreparedStatement select =
                        connection.prepareStatement(
                                "select d.id, d.prompt_tokens from decisions d join keys k on k.id = d.key_id where k.name = ?")) {
            select.setString(1, keyName);
            try (ResultSet all = select.executeQuery()) {
                while (all.next()) {
                    rows.put(all.getLong(1), all.getLong(2));
                }
            }
        }
        return new Books(rows);
    }

    /** How many of these are recorded. */
    long recorded(Set<Long> answered) {
        return answered.stream().filter(promptTokens::containsKey).count();
    }

    /** How many of these are recorded with other tokens than they had. */
    long miscounted(Set<Long> answered) {
        return promptTokens.entrySet().stream()
                .filter(row -> row.getValue() != FakeExpert.PROMPT_TOKENS)
                .filter(row -> answered.contains(row.getKey()))
                .count();
    }

    /** How many are recorded that are not among these. */
    long besides(Set<Long> answered) {
        Set<Long> rest = new HashSet<>(promptTokens.keySet());
        rest.removeAll(answered);
        return rest.size();
    }
}
