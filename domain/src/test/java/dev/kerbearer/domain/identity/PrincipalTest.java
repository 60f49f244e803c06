package dev.kerbearer.domain.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrincipalTest {

    @Test
    void theRealmIsPartOfAPrincipal() {
        Principal alice = Principal.parse("alice@A.EXAMPLE");
        assertThat(alice)
                .isEqualTo(new Principal(List.of("alice"), "A.EXAMPLE"))
                .isNotEqualTo(Principal.parse("alice@B.EXAMPLE"));
        assertThat(Principal.parse("HTTP/host@A.EXAMPLE").name()).isEqualTo("HTTP/host");
        assertThat(alice).hasToString("alice@A.EXAMPLE");
        assertThat(Principal.parse("a@A.EXAMPLE").name()).isEqualTo("a");
    }

    @Test
    void anEscapeIsDecoded() {
        assertThat(Principal.parse("host\\/box@A.EXAMPLE").components()).containsExactly("host/box");
        assertThat(Principal.parse("host/box@A.EXAMPLE").components()).containsExactly("host", "box");
        assertThat(Principal.parse("alice\\@mail.example@A.EXAMPLE"))
                .isEqualTo(new Principal(List.of("alice@mail.example"), "A.EXAMPLE"));
        assertThat(Principal.parse("A\\\\alice@A.EXAMPLE").components()).containsExactly("A\\alice");
        assertThat(Principal.parse("alice\\ b@A.EXAMPLE")).isEqualTo(Principal.parse("alice b@A.EXAMPLE"));
        assertThat(Principal.parse("alice@EVIL\\@A.EXAMPLE").realm()).isEqualTo("EVIL@A.EXAMPLE");
        assertThat(Principal.parse("alice@O=A/OU=B").realm()).isEqualTo("O=A/OU=B");
    }

    /** A KDC may use any name: each name has its own written form, and the form is read back as the same name. */
    @Test
    void aPrincipalHasOneWrittenForm() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            List<String> components = new ArrayList<>();
            do {
                components.add(text(random));
            } while (random.nextInt(3) == 0);
            Principal principal = new Principal(components, text(random));
            assertThat(Principal.parse(principal.toString()))
                    .as("seed %d", seed)
                    .isEqualTo(principal);
            assertThat(Principal.parse(principal.name() + "@R").name()).isEqualTo(principal.name());
        }
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        do {
            text.append("ab/@\\ ".charAt(random.nextInt(6)));
        } while (random.nextInt(4) > 0);
        return text.toString();
    }

    @Test
    void aPrincipalHasANameAndARealm() {
        assertThatThrownBy(() -> new Principal(List.of(), "A")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Principal(List.of(""), "A")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Principal(List.of("a", ""), "A")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Principal(List.of("alice"), "")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Principal(List.of("a\nb"), "A")).hasMessageContaining("control character");
        assertThatThrownBy(() -> new Principal(List.of("a"), "A\0")).hasMessageContaining("control character");
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice", "alice@", "@A.EXAMPLE", "alice\\@A.EXAMPLE", "", "/@A", "a/@A", "a@"})
    void textWithoutANameOrRealmIsNoPrincipal(String text) {
        assertThatThrownBy(() -> Principal.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anInvalidWrittenFormIsRefusedWithItsCorrection() {
        assertThatThrownBy(() -> Principal.parse("alice@mail.example@A.EXAMPLE"))
                .hasMessageContaining("written \\@");
        for (String text : List.of("CORP\\alice@A.EXAMPLE", "a\\n@A", "a\\0@A", "alice@A\\")) {
            assertThatThrownBy(() -> Principal.parse(text)).hasMessageContaining("is written \\\\");
        }
    }
}
