package io.consort.service.store;

import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

class CostsOnH2Test extends CostsContract {

    @Override
    Database open() throws SQLException {
        return Database.open(
                "jdbc:h2:mem:" + UUID.randomUUID(), Optional.empty(), Optional.empty());
    }
}
