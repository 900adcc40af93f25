package io.consort.service.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import org.junit.jupiter.api.Test;

/** What keys do on every database. */
abstract class KeysContract {

    private static final byte[] PEPPER = {1, 2, 3};

    /** A database with empty tables. */
    abstract Database open() throws SQLException;

    @Test
    void keysAreKnownToEveryProcessWithTheSamePepper() throws SQLException {
        try (Database database = open()) {
            Keys first = new Keys(PEPPER);
            String one =
                    first.create(
                            database.connections(),
                            "one",
                            Role.ADMIN,
                            new SecureRandom(),
                            Clock.systemUTC());
            String two =
                    first.create(
                            database.connections(),
                            "two",
                            Role.ADMIN,
                            new SecureRandom(),
                            Clock.systemUTC());
            Keys second = new Keys(PEPPER);
            second.load(database.connections());
            assertThat(second.find(one).map(Principal::key)).contains("one");
            assertThat(second.find(one).map(Principal::role)).contains(Role.ADMIN);
            assertThat(second.find(two).map(Principal::tenant)).contains(Keys.DEFAULT_TENANT);
            Keys other = new Keys(new byte[] {4});
            other.load(database.connections());
            assertThat(other.find(one)).isEmpty();
        }
    }
}
