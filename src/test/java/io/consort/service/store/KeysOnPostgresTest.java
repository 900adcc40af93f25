package io.consort.service.store;

import java.sql.SQLException;

class KeysOnPostgresTest extends KeysContract {

    KeysOnPostgresTest() throws SQLException {
        super(Postgres.fresh());
    }
}
