package io.consort.runtime.model;

import java.util.List;

/**
 * What keys and values depend on besides tokens and the weights of the cache's own model. Sequences
 * share blocks only under equal keys.
 *
 * @param adapter changes the weights; empty for none
 * @param peers the fused set whose hidden states are read, in its order; empty for none
 */
public record PrefixKey(String adapter, List<String> peers) {

    /** The model alone. */
    public static final PrefixKey PLAIN = new PrefixKey("", List.of());

    public PrefixKey {
        peers = List.copyOf(peers);
    }

    /** Whether hidden states may be changed by what the key names. */
    boolean fused() {
        return !peers.isEmpty();
    }
}
