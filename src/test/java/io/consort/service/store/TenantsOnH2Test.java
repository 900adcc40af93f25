package io.consort.service.store;

import java.sql.SQLException;

class TenantsOnH2Test extends TenantsContract {

    TenantsOnH2Test() throws SQLException {
        super(H2.fresh());
    }
}
