package dev.kerbearer.windowsauth.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kerbearer.domain.identity.Provider;
import dev.kerbearer.windowsauth.ldap.DirectorySettings.Bind;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DirectorySettingsTest {

    private static final Bind KEYTAB = new Bind.Keytab(List.of(), "CORP.EXAMPLE", Optional.empty());
    private static final Bind SIMPLE = new Bind.Simple("svc-ldap@corp.example", () -> "word");

    @Test
    void aUrlMustNameAnLdapServer() {
        settings(KEYTAB, false, "ldap://dc1.corp.example", "ldaps://dc2.corp.example:3269/");
        settings(KEYTAB, false, "ldap://dc_1", "ldaps://dc_2.corp_net.example:3269/");
        for (String wrong : List.of("http://dc1", "dc1", "ldap:dc1", "ldap://dc1/DC=corp,DC=example", "ldap:///")) {
            refuses(wrong, () -> settings(KEYTAB, false, wrong));
        }
        refuses("must not name a user", () -> settings(KEYTAB, false, "ldap://user:word@dc1"));
        refuses("must not name a user", () -> settings(KEYTAB, false, "ldap://user:word@dc_1"));
        refuses("a directory needs a URL", () -> settings(KEYTAB, false));
    }

    @Test
    void aPasswordIsSentOverTlsOnly() {
        settings(SIMPLE, true, "ldap://dc1");
        settings(SIMPLE, false, "ldaps://dc1");
        refuses("only over TLS", () -> settings(SIMPLE, false, "ldaps://dc1", "ldap://dc2"));
    }

    @Test
    void aSchemeIsTheSameInAnyCase() {
        assertThat(settings(KEYTAB, false, "LDAP://dc1", "Ldaps://dc_2/").urls())
                .containsExactly(URI.create("ldap://dc1"), URI.create("ldaps://dc_2/"));
        settings(SIMPLE, false, "LDAPS://dc1");
        refuses("only over TLS", () -> settings(SIMPLE, false, "LDAP://dc1"));
    }

    private static void refuses(String message, Runnable making) {
        assertThatThrownBy(making::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    private static DirectorySettings settings(Bind bind, boolean startTls, String... urls) {
        return new DirectorySettings(
                new Provider("AD+CORP"),
                Arrays.stream(urls).map(URI::create).toList(),
                startTls,
                Optional.empty(),
                Optional.empty(),
                bind,
                Duration.ofMinutes(10),
                Duration.ofSeconds(3));
    }
}
