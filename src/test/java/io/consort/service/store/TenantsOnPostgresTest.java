package io.consort.service.store;

import java.sql.SQLException;

class TenantsOnPostgresTest extends TenantsContract {

    TenantsOnPostgresTest() throws SQLException {
        super(Postgres.fresh());
    }
}
