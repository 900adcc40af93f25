package io.consort.service.training;

import io.consort.service.store.Postgres;
import java.sql.SQLException;

class RouterTrainingOnPostgresTest extends RouterTrainingContract {

    RouterTrainingOnPostgresTest() throws SQLException {
        super(Postgres.fresh());
    }
}
