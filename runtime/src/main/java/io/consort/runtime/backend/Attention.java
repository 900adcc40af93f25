package io.consort.runtime.backend;

import java.util.Optional;

/**
 * A layer's self-attention between its projections.
 *
 * @param layer whose keys and values it reads and writes
 * @param norms of each query and key head, where the architecture has them
 */
public record Attention(
        int layer, Heads heads, Optional<HeadNorms> norms, Rotation rotation, AttentionRule rule) {}
