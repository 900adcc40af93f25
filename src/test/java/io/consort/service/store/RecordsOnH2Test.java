package io.consort.service.store;

import java.sql.SQLException;

class RecordsOnH2Test extends RecordsContract {

    RecordsOnH2Test() throws SQLException {
        super(H2.fresh());
    }
}
