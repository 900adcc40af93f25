package io.consort.service.store;

import java.sql.SQLException;

class KeysOnPostgresTest extends KeysContract {

    @Override
    Database open() throws SQLException {
        return Postgres.fresh();
    }
}
