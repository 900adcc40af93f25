package io.consort.service.cluster;

import io.consort.experts.guard.Health;

/**
 * How another node has seen an expert do.
 *
 * @param node where that node listens
 * @param ageMillis since it said so
 */
public record NodeHealth(String node, long ageMillis, Health health) {}
