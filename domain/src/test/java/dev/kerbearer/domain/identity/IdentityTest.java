package dev.kerbearer.domain.identity;

import static dev.kerbearer.domain.Samples.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityTest {

    @Test
    void aUniversalIdIsWrittenInLowerCaseAndBraces() {
        assertThat(ALICE).hasToString("local:{de3944a8-3479-4450-b412-0dacd642017d}");
        assertThat(Identity.parse("local:{DE3944A8-3479-4450-B412-0DACD642017D}"))
                .contains(ALICE);
        assertThat(Identity.parse("AD+CORP:{de3944a8-3479-4450-b412-0dacd642017d}"))
                .hasValueSatisfying(
                        identity -> assertThat(identity.provider().name()).isEqualTo("AD+CORP"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "local:alice",
                "",
                "{de3944a8-3479-4450-b412-0dacd642017d}",
                "local:{de3944a8}",
                "local:{}",
                "LDAP:{de3944a8-3479-4450-b412-0dacd642017d}",
                "local:{de3944a8-3479-4450-b412-0dacd642017d} "
            })
    void anythingElseIsNoUniversalId(String text) {
        assertThat(Identity.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Local", "AD", "AD+", "AD+a b", "LDAP+x"})
    void aProviderIsLocalOrAnActiveDirectory(String text) {
        assertThatThrownBy(() -> new Provider(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPrefixedNameHasAProviderAndAName() {
        assertThat(PrefixedName.parse("AD+CORP:a:b")).isEqualTo(new PrefixedName(new Provider("AD+CORP"), "a:b"));
        assertThat(PrefixedName.parse("local:alice")).hasToString("local:alice");
        assertThatThrownBy(() -> PrefixedName.parse("alice")).hasMessageContaining("local:alice");
        assertThatThrownBy(() -> PrefixedName.parse("local:")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PrefixedName.parse("local:a\u0007")).isInstanceOf(IllegalArgumentException.class);
        assertThat(PrefixedName.parse("local:" + "a".repeat(256)).name()).hasSize(256);
        assertThatThrownBy(() -> PrefixedName.parse("local:" + "a".repeat(257)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PrefixedName.parse(":alice"))
                .hasMessageStartingWith("a provider is local or AD+<name>");
    }
}
