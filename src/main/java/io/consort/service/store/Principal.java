package io.consort.service.store;

/**
 * Who calls.
 *
 * @param tenant whose experts and decisions these are
 * @param keyId the number of the key that was shown; 0 where it was no key
 * @param key the name of the key that was shown
 */
public record Principal(String tenant, long keyId, String key, Role role) {

    /** The service itself, where it makes what it needs at its first start. */
    public static final Principal SERVICE =
            new Principal(Keys.DEFAULT_TENANT, 0, "service", Role.ROOT);
}
