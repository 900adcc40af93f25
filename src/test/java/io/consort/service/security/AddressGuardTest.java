package io.consort.service.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {

    private static final AddressGuard GUARD = AddressGuard.allowing(List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "10.255.255.255",
                "100.64.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.255.254",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.8",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.1.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.7",
                "203.0.113.9",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::7f00:1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b::a9fe:a9fe",
                "64:ff9b:1::1",
                "100::1",
                "2001::1",
                "2001:db8::1",
                "2002:7f00:1::",
                "2002:c0a8:101::1",
                "3fff::1",
                "fc00::1",
                "fd12:3456:789a::1",
                "fe80::1",
                "febf::1",
                "fec0::1",
                "ff02::1",
                "4000::1",
            })
    void whatIsNotOnThePublicInternetIsClosed(String address) {
        assertThat(GUARD.allows(InetAddress.ofLiteral(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.0",
                "169.253.255.255",
                "172.15.255.255",
                "172.32.0.0",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "223.255.255.255",
                "2001:4860:4860::8888",
                "2606:4700::1111",
                "2002:808:808::1",
                "64:ff9b::808:808",
            })
    void thePublicInternetIsOpen(String address) {
        assertThat(GUARD.allows(InetAddress.ofLiteral(address))).isTrue();
    }

    @Test
    void anIpv4AddressInsideAnIpv6OneIsJudgedAsThatAddress() throws UnknownHostException {
        byte[] mapped = new byte[16];
        mapped[10] = -1;
        mapped[11] = -1;
        mapped[12] = 127;
        mapped[15] = 1;
        // Java's own factory would make it an IPv4 address.
        InetAddress address = Inet6Address.getByAddress("x", mapped, 0);
        assertThat(address.getAddress()).hasSize(16);
        assertThat(GUARD.allows(address)).isFalse();
    }

    @Test
    void theOperatorCanOpenNetworks() {
        AddressGuard guard =
                AddressGuard.allowing(List.of("10.1.0.0/16", " fd00:1::/32", "127.0.0.1"));
        assertThat(guard.allows(InetAddress.ofLiteral("10.1.255.255"))).isTrue();
        assertThat(guard.allows(InetAddress.ofLiteral("10.2.0.0"))).isFalse();
        assertThat(guard.allows(InetAddress.ofLiteral("fd00:1::5"))).isTrue();
        assertThat(guard.allows(InetAddress.ofLiteral("fd00:2::5"))).isFalse();
        assertThat(guard.allows(InetAddress.ofLiteral("127.0.0.1"))).isTrue();
        assertThat(guard.allows(InetAddress.ofLiteral("127.0.0.2"))).isFalse();
        assertThat(guard.allows(InetAddress.ofLiteral("64:ff9b::a01:1"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "host", "", "::/129"})
    void whatIsNoNetworkIsRefusedWithARemedy(String text) {
        assertThatThrownBy(() -> AddressGuard.allowing(List.of(text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + text + "\"")
                .hasMessageContaining("10.1.0.0/16");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:8080/v1",
                "http://127.0.0.1/v1",
                "http://2130706433/v1",
                "http://[::1]/v1",
                "http://[::ffff:127.0.0.1]/v1",
                "http://[fe80::1]/v1",
                "http://169.254.169.254/latest/meta-data",
                "https://192.168.0.1/v1",
            })
    void aBaseUrlThatLeadsInsideIsComplainedAbout(String url) {
        assertThat(GUARD.complaint(URI.create(url)))
                .hasValueSatisfying(complaint ->
                        assertThat(complaint)
                                .contains("`base-url`", "consort.experts.allowed-networks"));
    }

    @Test
    void aBaseUrlWithoutAHostIsComplainedAbout() {
        assertThat(GUARD.complaint(URI.create("http://127.1/v1")))
                .hasValueSatisfying(complaint -> assertThat(complaint).contains("has no host"));
    }

    @Test
    void aBaseUrlThatLeadsOutsideIsNot() {
        assertThat(GUARD.complaint(URI.create("https://8.8.8.8/v1"))).isEmpty();
        assertThat(
                        AddressGuard.allowing(List.of("127.0.0.0/8", "::1"))
                                .complaint(URI.create("http://localhost/v1")))
                .isEmpty();
    }
}
