package io.consort.service.store;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.AgroalConnectionPoolConfiguration.ConnectionValidator;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.sql.Driver;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * The database with everything that outlives the process: connections to it, and its tables at the
 * version that this program needs. Thread-safe.
 */
public final class Database implements AutoCloseable {

    private static final int CONNECTIONS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Without it what was asked before a network broke would be waited for until TCP gives up. */
    private static final Duration SILENCE = Duration.ofSeconds(60);

    private final AgroalDataSource pool;

    /** The databases that are supported. */
    private enum Vendor {
        H2("jdbc:h2:", org.h2.Driver.class, "classpath:db/h2"),
        POSTGRESQL("jdbc:postgresql:", org.postgresql.Driver.class, "classpath:db/postgresql");

        private final String prefix;
        private final Class<? extends Driver> driver;
        private final String migrations;

        Vendor(String prefix, Class<? extends Driver> driver, String migrations) {
            this.prefix = prefix;
            this.driver = driver;
            this.migrations = migrations;
        }

        /** Of its driver; those that the URL names go before. */
        Map<String, String> properties() {
            return switch (this) {
                case H2 -> Map.of();
                case POSTGRESQL -> Map.of("socketTimeout", Long.toString(SILENCE.toSeconds()));
            };
        }

        static Optional<Vendor> of(String url) {
            return Arrays.stream(values())
                    .filter(vendor -> url.startsWith(vendor.prefix))
                    .findFirst();
        }
    }

    private Database(AgroalDataSource pool) {
        this.pool = pool;
    }

    /**
     * Connects, and brings the tables to the version that is needed.
     *
     * @param url of JDBC, for H2 or PostgreSQL
     * @throws SQLException saying what to change when that is impossible
     */
    public static Database open(String url, Optional<String> user, Optional<String> password)
            throws SQLException {
        Vendor vendor =
                Vendor.of(url)
                        .orElseThrow(() ->
                                new SQLException(
                                        "`consort.database.url` must begin with "
                                                + Arrays.stream(Vendor.values())
                                                        .map(known -> known.prefix)
                                                        .collect(Collectors.joining(" or "))));
        AgroalDataSource pool = pool(vendor, url, user, password);
        try {
            pool.getConnection().close();
        } catch (SQLException failure) {
            pool.close();
            // Not its cause: of causes the innermost is shown to whoever started the service.
            SQLException unreachable =
                    new SQLException(
                            "The database cannot be reached (%s); check `consort.database.url`, `.user` and `.password`"
                                    .formatted(failure.getMessage()));
            unreachable.addSuppressed(failure);
            throw unreachable;
        }
        try {
            Flyway.configure(Database.class.getClassLoader())
                    .dataSource(pool)
                    .locations("classpath:db/common", vendor.migrations)
                    .load()
                    .migrate();
        } catch (FlywayException failure) {
            pool.close();
            throw new SQLException(
                    "The database's tables cannot be brought to this version: "
                            + failure.getMessage(),
                    failure);
        }
        return new Database(pool);
    }

    /** Its connections, each to be closed soon. */
    public DataSource connections() {
        return pool;
    }

    @Override
    public void close() {
        pool.close();
    }

    private static AgroalDataSource pool(
            Vendor vendor, String url, Optional<String> user, Optional<String> password)
            throws SQLException {
        return AgroalDataSource.from(
                new AgroalDataSourceConfigurationSupplier()
                        .connectionPoolConfiguration(pool ->
                                pool.maxSize(CONNECTIONS)
                                        .validateOnBorrow(true)
                                        .connectionValidator(
                                                ConnectionValidator.defaultValidatorWithTimeout(
                                                        (int) PATIENCE.toSeconds()))
                                        .acquisitionTimeout(PATIENCE)
                                        .connectionFactoryConfiguration(factory -> {
                                            factory.connectionProviderClass(vendor.driver)
                                                    .jdbcUrl(url);
                                            vendor.properties().forEach(factory::jdbcProperty);
                                            user.map(NamePrincipal::new)
                                                    .ifPresent(factory::principal);
                                            password.map(SimplePassword::new)
                                                    .ifPresent(factory::credential);
                                            return factory;
                                        })));
    }
}
