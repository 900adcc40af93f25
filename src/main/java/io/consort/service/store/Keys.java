package io.consort.service.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

/** The API keys as they are looked up: hashed, in memory. Thread-safe. */
public final class Keys {

    /** The tenant that exists from the first start. */
    public static final String DEFAULT_TENANT = "default";

    private final byte[] pepper;
    private final Clock clock;
    private volatile Map<String, Entry> known = Map.of();
    private volatile Set<String> suspended = Set.of();

    /** What a key that was shown is good for. */
    public sealed interface Standing {
        /** It lets its holder in. */
        record Good(Principal holder) implements Standing {}

        /** Its time is over. */
        record Expired(Instant since) implements Standing {}

        /** Its tenant is not served for now. */
        record Suspended(String tenant) implements Standing {}

        /** There is no such key, or not any more. */
        record Unknown() implements Standing {}
    }

    private record Entry(Principal holder, Optional<Instant> expires) {}

    /** No keys yet; {@link #load} brings them. */
    public Keys(byte[] pepper, Clock clock) {
        this.pepper = pepper.clone();
        this.clock = clock;
    }

    /** What this key is good for now. */
    public Standing standing(String key) {
        Entry entry = known.get(HexFormat.of().formatHex(hash(key)));
        if (entry == null) {
            return new Standing.Unknown();
        }
        if (entry.expires().isPresent() && !clock.instant().isBefore(entry.expires().get())) {
            return new Standing.Expired(entry.expires().get());
        }
        return isSuspended(entry.holder().tenant())
                ? new Standing.Suspended(entry.holder().tenant())
                : new Standing.Good(entry.holder());
    }

    /** Whether a tenant is not served for now, whoever calls for it. */
    public boolean isSuspended(String tenant) {
        return suspended.contains(tenant);
    }

    /** Who is let in by this key. */
    public Optional<Principal> find(String key) {
        return standing(key) instanceof Standing.Good good
                ? Optional.of(good.holder())
                : Optional.empty();
    }

    /** Reads all keys of the database that are not revoked, whose tenants are not removed, and who is suspended. */
    public void load(DataSource database) throws SQLException {
        Map<String, Entry> loaded = new HashMap<>();
        try (Connection connection = database.getConnection();
                PreparedStatement select =
                        connection.prepareStatement(
                                "select k.hash, k.tenant, k.id, k.name, k.role, k.expires"
                                        + " from keys k join tenants t on t.id = k.tenant"
                                        + " where k.revoked is null and t.state <> 'removed'");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                Principal holder =
                        new Principal(
                                rows.getString(2),
                                rows.getLong(3),
                                rows.getString(4),
                                Role.named(rows.getString(5)).orElseThrow());
                loaded.put(
                        HexFormat.of().formatHex(rows.getBytes(1)),
                        new Entry(
                                holder,
                                Optional.ofNullable(rows.getObject(6, OffsetDateTime.class))
                                        .map(OffsetDateTime::toInstant)));
            }
            suspended = suspended(connection);
        }
        known = Map.copyOf(loaded);
    }

    private static Set<String> suspended(Connection connection) throws SQLException {
        Set<String> found = new HashSet<>();
        try (PreparedStatement select =
                connection.prepareStatement("select id from tenants where state = ?")) {
            select.setString(1, Tenants.State.SUSPENDED.label());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
        }
        return Set.copyOf(found);
    }

    /** Whether there is any key. */
    public boolean isEmpty() {
        return known.isEmpty();
    }

    /** What is stored of a key. */
    byte[] hash(String key) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(pepper);
            return digest.digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
