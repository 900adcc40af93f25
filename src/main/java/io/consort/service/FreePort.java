package io.consort.service;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports for processes that are started here. */
public final class FreePort {

    private FreePort() {}

    /** A port of the loopback address that nothing listened on a moment ago. */
    public static int onLoopback() throws IOException {
        return at(InetAddress.getLoopbackAddress());
    }

    /** A port of an address of this machine that nothing listened on a moment ago. */
    public static int at(InetAddress address) throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, address)) {
            return probe.getLocalPort();
        }
    }
}
