package io.consort.service.store;

/**
 * Who calls.
 *
 * @param tenant whose experts and decisions these are
 * @param key the name of the key that was shown
 */
public record Principal(String tenant, String key, Role role) {}
