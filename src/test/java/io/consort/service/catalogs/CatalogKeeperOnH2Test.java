package io.consort.service.catalogs;

import io.consort.service.store.Database;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

class CatalogKeeperOnH2Test extends CatalogKeeperContract {

    CatalogKeeperOnH2Test() throws SQLException {
        super(
                Database.open(
                        "jdbc:h2:mem:" + UUID.randomUUID(), Optional.empty(), Optional.empty()));
    }
}
