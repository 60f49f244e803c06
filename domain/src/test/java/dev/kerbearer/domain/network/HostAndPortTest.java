package dev.kerbearer.domain.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostAndPortTest {

    /** {@link URI#getHost()} returns nothing for a name with an underscore. */
    @ParameterizedTest
    @CsvSource({
        "https://auth.example.com, auth.example.com, -1",
        "HTTPS://Auth.Example.COM:8443/x, auth.example.com, 8443",
        "https://my_host, my_host, -1",
        "https://My_Host.corp_net.example:8443/, my_host.corp_net.example, 8443",
        "ldap://_dc1, _dc1, -1",
        "ldap://dc1_, dc1_, -1",
        "ldap://dc_1., dc_1., -1",
        "ldap://127.0.0.1:389, 127.0.0.1, 389",
        "ldap://[2001:DB8::1]:636, [2001:db8::1], 636"
    })
    void theHostIsReadInLowerCase(URI url, String host, int port) {
        assertThat(HostAndPort.of(url))
                .contains(new HostAndPort(host, port < 0 ? OptionalInt.empty() : OptionalInt.of(port)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mailto:alice@example.com",
                "/here",
                "ldap:///",
                "https://user@my_host",
                "https://user@host",
                "https://my_host:port",
                "https://my_host:99999",
                "https://host:99999",
                "https://-my_host",
                "https://my_host:"
            })
    void anythingElseNamesNoHost(URI url) {
        assertThat(HostAndPort.of(url)).isEmpty();
    }

    @Test
    void anAddressWithoutAPortHasNone() {
        assertThat(HostAndPort.of(URI.create("https://host:"))).contains(new HostAndPort("host", OptionalInt.empty()));
    }
}
