package io.consort.service.store;

import java.sql.SQLException;

class RecordsOnPostgresTest extends RecordsContract {

    RecordsOnPostgresTest() throws SQLException {
        super(Postgres.fresh());
    }
}
