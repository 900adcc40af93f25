package io.consort.runtime.model;

import java.util.List;

/**
 * What keys and values depend on besides tokens and the weights of the cache's own model. Sequences
 * share blocks only under equal keys.
 *
 * @param adapter changes the weights; empty for none
 * @param peers the fused set whose hidden states are read, in its order; empty for none
 * @param owner who alone may take what was computed for its prompts; empty for everybody together
 */
public record PrefixKey(String adapter, List<String> peers, String owner) {

    /** The model alone. */
    public static final PrefixKey PLAIN = new PrefixKey("", List.of());

    /** A key of everybody together. */
    public PrefixKey(String adapter, List<String> peers) {
        this(adapter, peers, "");
    }

    public PrefixKey {
        peers = List.copyOf(peers);
    }

    /** The same of one owner. */
    public PrefixKey ownedBy(String one) {
        return new PrefixKey(adapter, peers, one);
    }

    /** Whether hidden states may be changed by what the key names. */
    boolean fused() {
        return !peers.isEmpty();
    }
}
