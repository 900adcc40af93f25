package io.consort.service.catalogs;

import io.consort.service.store.Postgres;
import java.sql.SQLException;

class CatalogRevisionsOnPostgresTest extends CatalogRevisionsContract {

    CatalogRevisionsOnPostgresTest() throws SQLException {
        super(Postgres.fresh());
    }
}
