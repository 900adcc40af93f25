package io.consort.service.store;

import java.sql.SQLException;

class JournalOnPostgresTest extends JournalContract {

    @Override
    Database open() throws SQLException {
        return Postgres.fresh();
    }
}
