package io.consort.service.training;

import io.consort.service.store.Database;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

class RouterTrainingOnH2Test extends RouterTrainingContract {

    RouterTrainingOnH2Test() throws SQLException {
        super(
                Database.open(
                        "jdbc:h2:mem:" + UUID.randomUUID(), Optional.empty(), Optional.empty()));
    }
}
