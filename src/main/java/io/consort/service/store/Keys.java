package io.consort.service.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/** The API keys. Kept hashed; looked up in memory. Thread-safe. */
public final class Keys {

    /** The tenant that exists from the first start. */
    public static final String DEFAULT_TENANT = "default";

    private final byte[] pepper;
    private volatile Map<String, Principal> known = Map.of();

    /** No keys yet; {@link #load} brings them. */
    public Keys(byte[] pepper) {
        this.pepper = pepper.clone();
    }

    /** Who shows this key. */
    public Optional<Principal> find(String key) {
        return Optional.ofNullable(known.get(HexFormat.of().formatHex(hash(key))));
    }

    /** Reads all keys of the database. */
    public void load(DataSource database) throws SQLException {
        Map<String, Principal> loaded = new HashMap<>();
        try (Connection connection = database.getConnection();
                PreparedStatement select =
                        connection.prepareStatement("select hash, tenant, name, role from keys");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                loaded.put(
                        HexFormat.of().formatHex(rows.getBytes(1)),
                        new Principal(
                                rows.getString(2),
                                rows.getString(3),
                                Role.named(rows.getString(4))));
            }
        }
        known = Map.copyOf(loaded);
    }

    /** Whether there is any key. */
    public boolean isEmpty() {
        return known.isEmpty();
    }

    /** Makes a key of the default tenant, which is made with it, and knows it from then on. */
    public String create(
            DataSource database, String name, Role role, SecureRandom random, Clock clock)
            throws SQLException {
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        String key = "ck-" + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        Timestamp now = Timestamp.from(clock.instant());
        try (Connection connection = database.getConnection();
                PreparedStatement tenant =
                        connection.prepareStatement(
                                "insert into tenants (id, created) select cast(? as varchar(63)),"
                                        + " cast(? as timestamp with time zone)"
                                        + " where not exists (select 1 from tenants where id = ?)");
                PreparedStatement insert =
                        connection.prepareStatement(
                                "insert into keys (tenant, name, hash, created, role) values (?, ?, ?, ?, ?)")) {
            tenant.setString(1, DEFAULT_TENANT);
            tenant.setTimestamp(2, now);
            tenant.setString(3, DEFAULT_TENANT);
            tenant.executeUpdate();
            insert.setString(1, DEFAULT_TENANT);
            insert.setString(2, name);
            insert.setBytes(3, hash(key));
            insert.setTimestamp(4, now);
            insert.setString(5, role.label());
            insert.executeUpdate();
        }
        load(database);
        return key;
    }

    private byte[] hash(String key) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(pepper);
            return digest.digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
