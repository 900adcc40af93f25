package io.consort.runtime.tiers.replay;

/**
 * A request of a replay.
 *
 * @param at nanoseconds after the beginning
 * @param expert that has to answer
 * @param second the expert that the router would take next
 */
public record Request(long at, int expert, int second) {}
