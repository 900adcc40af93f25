package io.consort.experts.remote;

import java.net.InetAddress;

/**
 * Says at which addresses experts may be called. Asked whenever a host's name is looked up for a
 * connection, with every address that the name stands for. Thread-safe.
 */
@FunctionalInterface
public interface Reach {

    /** No address is closed. */
    Reach EVERYWHERE = _ -> true;

    /** Whether an expert may be called there. */
    boolean allows(InetAddress address);
}
