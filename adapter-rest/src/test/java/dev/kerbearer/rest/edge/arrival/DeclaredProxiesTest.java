package dev.kerbearer.rest.edge.arrival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kerbearer.domain.network.IpAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeclaredProxiesTest {

    private List<IpAddress> known = List.of(ip("10.0.0.7"), ip("2001:db8::7"));

    /** All forms that Quarkus accepts for its own key. */
    @ParameterizedTest
    @CsvSource({
        "10.0.0.4, 10.0.0.4, 4711",
        "10.0.0.4:8084, 10.0.0.4, 8084",
        "10.0.0.0/8, 10.9.9.9, 1",
        "[2001:db8::4], 2001:db8::4, 1",
        "[2001:db8::4]:8084, 2001:db8::4, 8084",
        "2001:db8::4, 2001:db8::4, 1",
        "::/0, 2001:db8::4, 1",
        "proxy.example, 10.0.0.7, 1",
        "proxy.example, 2001:db8::7, 1",
        "proxy:8084, 10.0.0.7, 8084",
        "' 10.0.0.4 ', 10.0.0.4, 1"
    })
    void aProxyIsDeclaredByAddressNetworkOrName(String text, String address, int port) {
        assertThat(of(text).include(ip(address), port)).isTrue();
        assertThat(of(text).areNone()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.4, 10.0.0.5, 4711",
        "10.0.0.4:8084, 10.0.0.4, 8085",
        "proxy.example:8084, 10.0.0.7, 8085",
        "proxy.example, 10.0.0.8, 1",
        "10.0.0.0/8, 11.0.0.1, 1",
        "::/0, 10.0.0.1, 1"
    })
    void otherAddressesAndPortsAreNotDeclared(String text, String address, int port) {
        assertThat(of(text).include(ip(address), port)).isFalse();
    }

    /** The port with which a proxy connects to another proxy is not the one with which it connects here. */
    @ParameterizedTest
    @CsvSource({"10.0.0.4:8084, 10.0.0.4", "[2001:db8::4]:8084, 2001:db8::4", "proxy.example:8084, 10.0.0.7"})
    void aPortCountsForConnectionsAndNotForForwardedAddresses(String text, String address) {
        assertThat(of(text).include(ip(address))).isTrue();
        assertThat(of(text).include(ip(address), 8085)).isFalse();
        assertThat(of(text).include(ip("10.0.0.9"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "300.1.1.1", "10.0.0.0/33", "10.0.0", "a b", "*", "[proxy]", "10.0.0.4:port", "http://proxy"
            })
    void aMalformedEntryIsRefused(String text) {
        assertThatThrownBy(() -> of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + text + "\" is not an address, network or name");
    }

    @Test
    void aNameThatLosesItsAddressesKeepsTheLastOnes() {
        DeclaredProxies proxies = of("proxy.example");
        known = List.of();
        proxies.lookUpNames();
        assertThat(proxies.include(ip("10.0.0.7"))).isTrue();
        known = List.of(ip("10.0.0.8"));
        proxies.lookUpNames();
        assertThat(proxies.include(ip("10.0.0.7"))).isFalse();
        assertThat(proxies.include(ip("10.0.0.8"))).isTrue();
    }

    @Test
    void withoutADeclarationNoAddressIsAProxy() {
        assertThat(DeclaredProxies.none().areNone()).isTrue();
        assertThat(DeclaredProxies.none().include(ip("127.0.0.1"))).isFalse();
    }

    private DeclaredProxies of(String text) {
        return DeclaredProxies.of(List.of(text), name -> known);
    }

    private static IpAddress ip(String text) {
        return IpAddress.parse(text).orElseThrow();
    }
}
