package io.consort.experts.remote;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks hosts up and checks every address that they stand for. Blocks. Thread-safe.
 *
 * @param reach says which addresses are open
 * @param names brings the addresses of a name
 */
record Lookup(Reach reach, Names names) {

    /** Brings the addresses of a name; there is at least one. */
    @FunctionalInterface
    interface Names {
        InetAddress[] of(String host) throws UnknownHostException;
    }

    /** Looks names up as the rest of the process does. */
    static Lookup of(Reach reach) {
        return new Lookup(reach, InetAddress::getAllByName);
    }

    /**
     * The addresses of a host, without its name.
     *
     * @throws ClosedAddressException if one of them is closed; which one is not told
     * @throws UnknownHostException if there is none
     */
    List<InetAddress> addresses(String host) throws IOException {
        List<InetAddress> addresses = new ArrayList<>();
        for (InetAddress found : names.of(host)) {
            InetAddress address = InetAddress.getByAddress(found.getAddress());
            if (!reach.allows(address)) {
                throw new ClosedAddressException(
                        "the host \"%s\" is at an address that experts may not be called at; use a public one in `base-url`, or have the operator allow the network"
                                .formatted(host));
            }
            addresses.add(address);
        }
        return addresses;
    }
}
