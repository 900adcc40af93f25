package io.consort.service.cluster;

import java.util.List;
import java.util.Optional;

/**
 * How a node finds others.
 *
 * @param name of the cluster; nodes with another name are left alone
 * @param members addresses of nodes, {@code host} or {@code host:port}; any that answers is enough
 * @param kubernetes the DNS name of a headless Kubernetes service whose pods are the nodes
 * @param network the address, or pattern of addresses, that this node listens on
 * @param port that it listens on
 */
public record ClusterSettings(
        String name, List<String> members, Optional<String> kubernetes, String network, int port) {

    private static final int LAST_PORT = 65_535;

    /** Copies the members. */
    public ClusterSettings {
        members = List.copyOf(members);
        if (name.isBlank()) {
            throw new IllegalArgumentException("`consort.cluster.name` must not be blank");
        }
        if (port < 1 || port > LAST_PORT) {
            throw new IllegalArgumentException(
                    "`consort.cluster.port` must be a number from 1 to %d, not %d"
                            .formatted(LAST_PORT, port));
        }
        if (members.isEmpty() == kubernetes.isEmpty()) {
            throw new IllegalArgumentException(
                    "Set either `consort.cluster.members` or `consort.cluster.kubernetes`");
        }
    }
}
