package io.consort.service.store;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DatabaseTest {

    @Test
    void anUnknownDatabaseIsRefusedWithWhatIsKnown() {
        assertThatThrownBy(() -> open("jdbc:oracle:thin:@x"))
                .isInstanceOf(SQLException.class)
                .hasMessage("`consort.database.url` must begin with jdbc:h2: or jdbc:postgresql:");
    }

    @Test
    void aServerThatDoesNotAnswerIsNamedWithTheSettings() {
        assertThatThrownBy(() -> open("jdbc:postgresql://127.0.0.1:1/consort"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("cannot be reached")
                .hasMessageContaining("check `consort.database.url`");
    }

    private static void open(String url) throws SQLException {
        Database.open(url, Optional.of("consort"), Optional.of("secret")).close();
    }
}
