package dev.kerbearer.rest.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IssuerTest {

    @ParameterizedTest
    @CsvSource({
        "https://auth.example.com, https://auth.example.com",
        "https://auth.example.com/, https://auth.example.com",
        "HTTPS://Auth.Example.COM:8443/Path/, https://auth.example.com:8443/Path",
        "https://my_host, https://my_host",
        "Http://My_Host:8080/a, http://my_host:8080/a",
        "http://[2001:DB8::1]:8080, http://[2001:db8::1]:8080"
    })
    void schemeAndHostMeanTheSameInAnyCase(URI configured, String issuer) {
        assertThat(Issuer.at(configured).url()).isEqualTo(issuer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/here",
                "auth.example.com",
                "ftp://auth.example.com",
                "https:///path",
                "https://user@my_host",
                "https://auth.example.com?x=1",
                "https://my_host#x"
            })
    void anotherAddressIsRefusedWithAnExample(String configured) {
        assertThatThrownBy(() -> Issuer.at(URI.create(configured)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("it must be like https://auth.example.com")
                .hasMessageContaining(configured);
    }
}
