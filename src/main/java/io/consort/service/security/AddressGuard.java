package io.consort.service.security;

import io.consort.experts.remote.Reach;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Says at which addresses the experts of a tenant may be called, so that no catalog can make the
 * service call what only the service can see: itself, its neighbours, the cloud's metadata. Open are
 * the addresses of the public internet and the networks that the operator allows. IPv6 addresses that
 * stand for IPv4 ones are judged as these. Immutable.
 *
 * <p>See the registries of special-purpose addresses of RFC 6890.
 */
public final class AddressGuard implements Reach {

    private static final List<Network> CLOSED =
            networks(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/4",
                    "240.0.0.0/4",
                    "2001::/23",
                    "2001:db8::/32",
                    "3fff::/20");

    /** All other addresses of IPv6 are of links, sites, groups or for special uses. */
    private static final Network GLOBAL_IPV6 = Network.of("2000::/3");

    /** IPv4 addresses in IPv6 ones, behind so many bytes. */
    private static final List<Embedding> EMBEDDINGS =
            List.of(
                    new Embedding(Network.of("::/96"), 12),
                    // The address that Java would make an IPv4 one at once.
                    new Embedding(
                            new Network(
                                    new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 0, 0, 0, 0},
                                    96),
                            12),
                    new Embedding(Network.of("64:ff9b::/96"), 12),
                    new Embedding(Network.of("2002::/16"), 2));

    private record Embedding(Network network, int offset) {}

    private final List<Network> allowed;

    private AddressGuard(List<Network> allowed) {
        this.allowed = allowed;
    }

    /**
     * A guard that lets the public internet and these networks be called.
     *
     * @param allowed such as {@code 10.1.0.0/16}
     * @throws IllegalArgumentException naming what is no network
     */
    public static AddressGuard allowing(List<String> allowed) {
        return new AddressGuard(allowed.stream().map(String::strip).map(Network::of).toList());
    }

    @Override
    public boolean allows(InetAddress address) {
        return allows(address.getAddress());
    }

    /**
     * What is wrong with an expert's base URL, for who writes it into a catalog. Looks its host up,
     * and blocks meanwhile; a host that is not found is not wrong, since it is checked again whenever
     * it is connected to.
     */
    public Optional<String> complaint(URI baseUrl) {
        String host = baseUrl.getHost();
        if (host == null) {
            return Optional.of("`base-url` has no host; write one such as \"https://host/v1\"");
        }
        try {
            if (Arrays.stream(InetAddress.getAllByName(host)).allMatch(this::allows)) {
                return Optional.empty();
            }
        } catch (UnknownHostException _) {
            return Optional.empty();
        }
        return Optional.of(
                "`base-url` leads to \"%s\", which is not on the public internet; use a public server, or have the operator add its network to `consort.experts.allowed-networks`"
                        .formatted(host));
    }

    private boolean allows(byte[] address) {
        if (contains(allowed, address)) {
            return true;
        }
        for (Embedding embedding : EMBEDDINGS) {
            if (embedding.network().contains(address)) {
                return allows(
                        Arrays.copyOfRange(address, embedding.offset(), embedding.offset() + 4));
            }
        }
        boolean global = address.length == 4 || GLOBAL_IPV6.contains(address);
        return global && !contains(CLOSED, address);
    }

    private static boolean contains(List<Network> networks, byte[] address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }

    private static List<Network> networks(String... texts) {
        return Stream.of(texts).map(Network::of).toList();
    }
}
