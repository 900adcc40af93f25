package io.consort.service.tenant;

import io.consort.service.store.KeyTable;
import io.consort.service.store.RouterVersions;
import io.consort.service.store.Tenants;
import java.util.function.Consumer;

/**
 * Tells everybody who listens that something of a tenant was changed in the database. Says nothing of
 * what it is now: who hears it looks. It may ring for nothing, and more than once. Thread-safe.
 */
public interface Bell {

    /** A tenant's catalog has another revision. */
    String CATALOG = "catalog";

    /** Keys were made, changed or revoked. */
    String KEYS = KeyTable.TOPIC;

    /** A tenant was made, changed or removed. */
    String TENANTS = Tenants.TOPIC;

    /** A router was trained. */
    String ROUTER = RouterVersions.TOPIC;

    /** Limits were changed. */
    String LIMITS = "limits";

    /**
     * Something was changed.
     *
     * @param topic what kind of thing
     */
    record Ring(String topic, String tenant) {}

    /** Keeps a listener until it is closed. */
    interface Listening extends AutoCloseable {
        @Override
        void close();
    }

    /** Says that something of a tenant was changed; returns when the listeners of this process know. */
    void ring(String topic, String tenant);

    /** Hears every ring from now on, on the thread that it comes by; must not throw. */
    Listening listen(Consumer<Ring> listener);
}
