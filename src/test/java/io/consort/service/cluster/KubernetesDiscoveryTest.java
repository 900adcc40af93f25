package io.consort.service.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A headless service is a DNS name that stands for the addresses of pods; this machine's own name does so too. */
@Timeout(120)
class KubernetesDiscoveryTest {

    private static final String LOCAL_ADDRESS = "hazelcast.local.localAddress";

    @AfterEach
    void forgetAddress() {
        System.clearProperty(LOCAL_ADDRESS);
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "needs a second loopback address")
    void aNodeFindsThoseThatItsServiceNamesAtItsOwnPort() throws IOException {
        int port = freePort();
        try (Cluster pod = join("localhost", port, 1)) {
            System.setProperty(LOCAL_ADDRESS, "127.0.0.17");
            try (Cluster other = join("localhost", port, 2)) {
                assertThat(other.node()).isEqualTo("127.0.0.17:" + port);
                assertThat(other.nodes()).isEqualTo(2);
                assertThat(pod.nodes()).isEqualTo(2);
            }
        }
    }

    @Test
    void aNodeWhoseServiceHasNoPodsYetBeginsAlone() throws IOException {
        try (Cluster first = join("nobody.invalid", freePort(), 3)) {
            assertThat(first.nodes()).isEqualTo(1);
        }
    }

    private static Cluster join(String service, int port, long life) {
        return Cluster.join(
                new ClusterSettings(
                        "kubernetes", List.of(), Optional.of(service), "127.0.0.1", port),
                life);
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }
}
