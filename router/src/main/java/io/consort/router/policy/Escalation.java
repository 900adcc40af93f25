package io.consort.router.policy;

import java.util.OptionalInt;

/**
 * When the answer of an expert that is not the last is thrown away.
 *
 * @param samples how many answers are compared; absent, the probabilities of tokens are looked at
 * @param confidentAbove the confidence in [0, 1] from which the answer is given
 */
public record Escalation(OptionalInt samples, double confidentAbove) {}
