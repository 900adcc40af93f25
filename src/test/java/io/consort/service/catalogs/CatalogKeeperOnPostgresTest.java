package io.consort.service.catalogs;

import io.consort.service.store.Postgres;
import java.sql.SQLException;

class CatalogKeeperOnPostgresTest extends CatalogKeeperContract {

    CatalogKeeperOnPostgresTest() throws SQLException {
        super(Postgres.fresh());
    }
}
