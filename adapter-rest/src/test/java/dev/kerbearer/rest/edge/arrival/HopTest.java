package dev.kerbearer.rest.edge.arrival;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.domain.network.IpAddress;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes as in RFC 7239 section 6, and as proxies write them. */
class HopTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "192.0.2.1:4711, 192.0.2.1",
        "192.0.2.1:0, 192.0.2.1",
        "192.0.2.1:_http, 192.0.2.1",
        "192.0.2.1:_a.b-c_d, 192.0.2.1",
        "2001:db8::1, 2001:db8::1",
        "[2001:db8::1], 2001:db8::1",
        "[2001:db8::1]:4711, 2001:db8::1",
        "[2001:db8::1]:_port, 2001:db8::1",
        "[2001:db8::1%eth0]:4711, 2001:db8::1",
        "[::ffff:192.0.2.1]:4711, 192.0.2.1",
        "::ffff:192.0.2.1, 192.0.2.1",
        "[::], ::"
    })
    void anAddressIsFoundWithAndWithoutItsPort(String node, String address) {
        assertThat(Hop.of(node, Optional.empty()).address().map(IpAddress::toString))
                .contains(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "unknown",
                "unknown:4711",
                "_hidden",
                "_SEVKISEK",
                "_hidden:4711",
                "localhost",
                "192.0.2.1:",
                "192.0.2.1:port",
                "192.0.2.1:123456",
                "192.0.2.1:_",
                "192.0.2.1:-1",
                "192.0.2.1:80:80",
                ":80",
                "[",
                "]",
                "[]",
                "[]:80",
                "[192.0.2.1]",
                "[192.0.2.1]:80",
                "[2001:db8::1",
                "[2001:db8::1]80",
                "[2001:db8::1]:",
                "[2001:db8::1]:x",
                "[[2001:db8::1]]",
                "2001:db8::1]:80",
                "/run/proxy.sock",
                "unix:/run/proxy.sock",
                "192.0.2.1 192.0.2.2",
                "\0"
            })
    void otherTextIsNotAnAddress(String node) {
        Hop hop = Hop.of(node, Optional.of(true));
        assertThat(hop.address()).isEmpty();
        assertThat(hop.written()).isEqualTo(node);
        assertThat(hop.overTls()).contains(true);
    }
}
