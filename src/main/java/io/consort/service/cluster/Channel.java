package io.consort.service.cluster;

import java.util.function.Consumer;

/** Carries short messages between the nodes of a cluster. Thread-safe. */
public interface Channel {

    /**
     * Sends to every other node that can be reached now. A message may be lost; those of one sender come
     * in order. Never throws.
     */
    void send(byte[] message);

    /** Hears what other nodes send from now on; must be quick. */
    void receive(Consumer<byte[]> receiver);
}
