package io.consort.service.store;

import java.sql.SQLException;

class CostsOnPostgresTest extends CostsContract {

    @Override
    Database open() throws SQLException {
        return Postgres.fresh();
    }
}
