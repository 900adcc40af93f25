package io.consort.service.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Sums of what decisions of this day and this month of UTC have cost. */
public final class Costs {

    private static final String KEYS =
            """
            select tenant, cast(key_id as varchar(20)),
                sum(case when id >= ? then cost_usd else 0 end), sum(cost_usd)
            from decisions where id >= ? group by tenant, key_id\
            """;

    // The cost of a decision includes that of experts whose answers were not given.
    private static final String GIVEN =
            """
            select d.tenant, d.expert,
                sum(case when d.id >= ? then d.cost_usd - coalesce(a.cost, 0) else 0 end),
                sum(d.cost_usd - coalesce(a.cost, 0))
            from decisions d
                left join (select decision, sum(cost_usd) as cost from attempts group by decision) a
                on a.decision = d.id
            where d.id >= ? group by d.tenant, d.expert\
            """;

    private static final String NOT_GIVEN =
            """
            select d.tenant, a.expert, sum(case when d.id >= ? then a.cost_usd else 0 end),
                sum(a.cost_usd)
            from attempts a join decisions d on d.id = a.decision
            where d.id >= ? group by d.tenant, a.expert\
            """;

    private final DataSource database;
    private final Clock clock;

    /**
     * What somebody spent.
     *
     * @param name of the expert, or the number of the key
     * @param day USD on this day
     * @param month USD in this month
     */
    public record Cost(String tenant, String name, double day, double month) {}

    /** Sums over the decisions of this database. */
    public Costs(DataSource database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** By key, 0 being none; blocks. */
    public List<Cost> byKey() throws SQLException {
        return sums(KEYS);
    }

    /** By expert; one may be there twice; blocks. */
    public List<Cost> byExpert() throws SQLException {
        List<Cost> all = new ArrayList<>(sums(GIVEN));
        all.addAll(sums(NOT_GIVEN));
        return all;
    }

    private List<Cost> sums(String query) throws SQLException {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(query)) {
            select.setLong(1, first(today));
            select.setLong(2, first(today.withDayOfMonth(1)));
            List<Cost> sums = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    sums.add(
                            new Cost(
                                    rows.getString(1),
                                    rows.getString(2),
                                    rows.getDouble(3),
                                    rows.getDouble(4)));
                }
            }
            return sums;
        }
    }

    private static long first(LocalDate date) {
        return Ids.first(date.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli());
    }
}
