package io.consort.runtime.backend;

/** Norms of single query and key heads (Henry et al. 2020). */
public record HeadNorms(Norm query, Norm key) {}
