package io.consort.service.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;

/** The labelled queries that were added to a catalog's own. Thread-safe; every method blocks. */
public final class Examples {

    private final DataSource database;
    private final Clock clock;

    /** A labelled query; ids grow. */
    public record Example(long id, String category, String query) {}

    /** The examples in this database. */
    public Examples(DataSource database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** The tenant's examples, the oldest first. */
    public List<Example> of(String tenant) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement select =
                        connection.prepareStatement(
                                "select id, category, query from examples where tenant = ? order by id")) {
            select.setString(1, tenant);
            List<Example> examples = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    examples.add(
                            new Example(rows.getLong(1), rows.getString(2), rows.getString(3)));
                }
            }
            return examples;
        }
    }

    /** Adds queries of a category, all or none; those that it has already are left out. */
    public int add(String tenant, String category, List<String> queries) throws SQLException {
        Set<String> known = new HashSet<>();
        for (Example example : of(tenant)) {
            if (example.category().equals(category)) {
                known.add(example.query());
            }
        }
        List<String> fresh = queries.stream().filter(known::add).toList();
        try (Connection connection = database.getConnection();
                PreparedStatement insert =
                        connection.prepareStatement(
                                "insert into examples (tenant, category, query, created) values (?, ?, ?, ?)")) {
            connection.setAutoCommit(false);
            for (String query : fresh) {
                insert.setString(1, tenant);
                insert.setString(2, category);
                insert.setString(3, query);
                insert.setObject(4, clock.instant().atOffset(ZoneOffset.UTC));
                insert.addBatch();
            }
            if (!fresh.isEmpty()) {
                insert.executeBatch();
            }
            connection.commit();
            connection.setAutoCommit(true);
        }
        return fresh.size();
    }
}
