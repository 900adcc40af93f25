package io.consort.service.tenant;

import io.consort.service.store.Postgres;
import java.sql.SQLException;

class ChangeWatchOnPostgresTest extends ChangeWatchContract {

    ChangeWatchOnPostgresTest() throws SQLException {
        super(Postgres.fresh());
    }
}
