package io.consort.service.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** What tenants have used, summed from their decisions. Thread-safe; every method blocks. */
public final class Usages {

    private static final long DAY_MILLIS = 86_400_000;

    private final DataSource database;

    /**
     * What was used on a day (in UTC) of an expert with a key.
     *
     * @param key the key's number, 0 where it is not known
     * @param costUsd with what was spent on answers that were not given
     */
    public record Line(
            LocalDate day,
            String expert,
            long key,
            long requests,
            long promptTokens,
            long completionTokens,
            double costUsd) {}

    /** The usage that this database tells. */
    public Usages(DataSource database) {
        this.database = database;
    }

    /** What the tenant used from one day to another, both included. */
    public List<Line> of(String tenant, LocalDate from, LocalDate to) throws SQLException {
        String day = "id / %d / %d".formatted(Ids.first(1), DAY_MILLIS);
        try (Connection connection = database.getConnection();
                PreparedStatement select =
                        connection.prepareStatement(
                                "select on_day, expert, key_id, count(*), sum(prompt_tokens),"
                                        + " sum(completion_tokens), sum(cost_usd) from (select "
                                        + day
                                        + " as on_day, expert, key_id, prompt_tokens, completion_tokens,"
                                        + " cost_usd from decisions where tenant = ? and id >= ? and id < ?) d"
                                        + " group by on_day, expert, key_id order by on_day, expert, key_id")) {
            select.setString(1, tenant);
            select.setLong(2, Ids.first(millis(from)));
            select.setLong(3, Ids.first(millis(to.plusDays(1))));
            List<Line> lines = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    lines.add(
                            new Line(
                                    LocalDate.ofEpochDay(rows.getLong(1)),
                                    rows.getString(2),
                                    rows.getLong(3),
                                    rows.getLong(4),
                                    rows.getLong(5),
                                    rows.getLong(6),
                                    rows.getDouble(7)));
                }
            }
            return lines;
        }
    }

    private static long millis(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    }
}
