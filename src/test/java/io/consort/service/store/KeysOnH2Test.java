package io.consort.service.store;

import java.sql.SQLException;

class KeysOnH2Test extends KeysContract {

    KeysOnH2Test() throws SQLException {
        super(H2.fresh());
    }
}
