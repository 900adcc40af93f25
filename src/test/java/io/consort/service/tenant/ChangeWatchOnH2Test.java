package io.consort.service.tenant;

import io.consort.service.store.H2;
import java.sql.SQLException;

class ChangeWatchOnH2Test extends ChangeWatchContract {

    ChangeWatchOnH2Test() throws SQLException {
        super(H2.fresh());
    }
}
