package dev.kerbearer.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;

class ForwardedHeadersTest {

    @Test
    void kerbearerReadsThemInsteadOfQuarkus() {
        try (SystemConfiguration told = new SystemConfiguration()) {
            ForwardedHeaders.areReadHere(configured("true"), told);
            assertThat(System.getProperty(ForwardedHeaders.ASKED_FOR)).isEqualTo("false");
            assertThat(System.getProperty(ForwardedHeaders.ARE_FORWARDED)).isEqualTo("true");
        }
        assertThat(System.getProperty(ForwardedHeaders.ARE_FORWARDED)).isNull();
    }

    @Test
    void theyAreNotReadByDefault() {
        try (SystemConfiguration told = new SystemConfiguration()) {
            ForwardedHeaders.areReadHere(configured("false"), told);
            assertThat(System.getProperty(ForwardedHeaders.ARE_FORWARDED)).isNull();
        }
    }

    @Test
    void theStartIsRefusedIfQuarkusReadsThem() {
        assertThatThrownBy(() -> ForwardedHeaders.requireNotReadByQuarkus(true))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is set for a profile: set it without one");
        assertThatCode(() -> ForwardedHeaders.requireNotReadByQuarkus(false)).doesNotThrowAnyException();
    }

    private static Config configured(String forwarding) {
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(
                        Map.of(ForwardedHeaders.ASKED_FOR, forwarding), "the operator's", 100))
                .build();
    }
}
