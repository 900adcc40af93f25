package io.consort.service.limit;

/**
 * Names one count, in every node alike.
 *
 * @param name of the key or the expert; of a tenant, its id
 */
public record Counter(String tenant, Holder holder, String name, Measure measure) {}
