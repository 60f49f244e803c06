package dev.kerbearer.domain.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.4, 10.0.0.4",
        "10.0.0.0/8, 10.255.0.1",
        "10.0.0.0/9, 10.127.255.255",
        "10.1.2.3/8, 10.9.9.9",
        "0.0.0.0/0, 192.0.2.1",
        "192.0.2.128/25, 192.0.2.255",
        "192.0.2.4/31, 192.0.2.5",
        "2001:db8::/32, 2001:db8:ffff::1",
        "2001:db8::1/128, 2001:db8::1",
        "::/0, 2001:db8::1",
        "10.0.0.4, ::ffff:10.0.0.4",
        "fe80::1, fe80::1%eth0"
    })
    void aNetworkContainsAddressesWithItsPrefix(String network, String address) {
        assertThat(contains(network, address)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.4, 10.0.0.5",
        "10.0.0.0/8, 11.0.0.0",
        "10.0.0.0/9, 10.128.0.0",
        "192.0.2.128/25, 192.0.2.127",
        "192.0.2.4/31, 192.0.2.6",
        "2001:db8::/32, 2001:db9::1",
        "0.0.0.0/0, ::1",
        "::/0, 10.0.0.1"
    })
    void aNetworkContainsNoOtherAddress(String network, String address) {
        assertThat(contains(network, address)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/8/8",
                "::/129",
                "a/8",
                "::/1e1",
                "x"
            })
    void anythingElseIsNoNetwork(String text) {
        assertThat(Network.parse(text)).isEmpty();
    }

    @Test
    void aPrefixIsNotLongerThanAnAddress() {
        IpAddress address = IpAddress.parse("10.0.0.1").orElseThrow();
        assertThatThrownBy(() -> new Network(address, 33)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Network(address, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThat(Network.of(address)).hasToString("10.0.0.1/32");
    }

    private static boolean contains(String network, String address) {
        return Network.parse(network)
                .orElseThrow()
                .contains(IpAddress.parse(address).orElseThrow());
    }
}
