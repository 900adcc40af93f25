package io.consort.service.chaos.cluster;

import io.consort.service.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * What nodes reach each other and their database by, so that it can be cut. Every node has a loopback
 * address of its own: by it a relay knows who calls.
 */
final class Wires implements AutoCloseable {

    private static final int FIRST_HOST = 11;

    private final List<Wire> wires = new ArrayList<>();

    /**
     * One node's.
     *
     * @param address the node's own
     * @param port where it listens for others
     * @param inward what others reach it by
     * @param database what it reaches the database by
     */
    private record Wire(InetAddress address, int port, Relay inward, Relay database) {}

    private Wires() {}

    /** Wires that pass everything. */
    static Wires lay(int nodes, InetSocketAddress database) throws IOException {
        Wires wires = new Wires();
        try {
            for (int node = 0; node < nodes; node++) {
                InetAddress address =
                        InetAddress.getByAddress(
                                new byte[] {127, 0, 0, (byte) (FIRST_HOST + node)});
                int port = FreePort.at(address);
                wires.wires.add(
                        new Wire(
                                address,
                                port,
                                Relay.open(address, new InetSocketAddress(address, port)),
                                Relay.open(InetAddress.getLoopbackAddress(), database)));
            }
        } catch (IOException failure) {
            wires.close();
            throw new IOException(
                    "Nodes need addresses such as 127.0.0.%d of this machine (%s); on macOS make them with `sudo ifconfig lo0 alias 127.0.0.%d`, and those up to %d"
                            .formatted(
                                    FIRST_HOST,
                                    failure.getMessage(),
                                    FIRST_HOST,
                                    FIRST_HOST + nodes - 1),
                    failure);
        }
        return wires;
    }

    /** The port of 127.0.0.1 that is the database to a node. */
    int database(int node) {
        return wires.get(node).database().port();
    }

    /** Settings that join a node to the others over these wires. */
    List<String> options(int node) {
        Wire wire = wires.get(node);
        String members =
                String.join(
                        ",",
                        wires.stream()
                                .map(one ->
                                        "%s:%d"
                                                .formatted(
                                                        one.address().getHostAddress(),
                                                        one.inward().port()))
                                .toList());
        String host = wire.address().getHostAddress();
        return List.of(
                "-Dconsort.cluster.enabled=true",
                "-Dconsort.cluster.members=" + members,
                "-Dconsort.cluster.port=" + wire.port(),
                "-Dhazelcast.local.localAddress=" + host,
                "-Dhazelcast.local.publicAddress=%s:%d".formatted(host, wire.inward().port()));
    }

    /** Cuts a node off from all others and from the database. */
    void cutOff(int node) {
        Wire lonely = wires.get(node);
        lonely.database().hold();
        lonely.inward().hold();
        wires.forEach(other -> other.inward().hold(lonely.address()));
    }

    /** Cuts every node off from every other. */
    void cutApart() {
        wires.forEach(wire -> wire.inward().hold());
    }

    /** Cuts every node off from the database. */
    void cutDatabase() {
        wires.forEach(wire -> wire.database().hold());
    }

    /** Mends everything. */
    void mend() {
        wires.forEach(wire -> {
            wire.inward().pass();
            wire.database().pass();
        });
    }

    @Override
    public void close() throws IOException {
        for (Wire wire : wires) {
            wire.inward().close();
            wire.database().close();
        }
    }
}
