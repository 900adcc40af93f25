package io.consort.runtime.tiers.replay;

/**
 * What a replay has cost.
 *
 * @param switches loads to the device per 100 requests
 * @param lost seconds of waiting for weights per 100 requests
 * @param slowest seconds that the slowest twentieth of the requests has waited at least
 * @param longest seconds that any request has waited at most
 * @param loading share of the time in which the link to the device was busy
 */
public record Outcome(
        double switches, double lost, double slowest, double longest, double loading) {}
