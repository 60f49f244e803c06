package dev.kerbearer.domain.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SidTest {

    private static final Sid DOMAIN = new Sid("S-1-5-21-1004336348-1177238915-682003330");

    @Test
    void itIsWrittenAsWindowsDoes() {
        assertThat(Sid.of(5, List.of(21L, 1004336348L, 1177238915L, 682003330L)))
                .isEqualTo(DOMAIN)
                .hasToString("S-1-5-21-1004336348-1177238915-682003330");
        assertThat(Sid.of(5, List.of(21L, 4294967295L)).child(4294967295L))
                .hasToString("S-1-5-21-4294967295-4294967295");
    }

    @Test
    void itIsOfTheDomainThatAllButItsLastNumberName() {
        assertThat(DOMAIN.child(512).isOf(DOMAIN)).isTrue();
        assertThat(DOMAIN.isOf(DOMAIN)).isFalse();
        assertThat(DOMAIN.child(512).child(1).isOf(DOMAIN)).isFalse();
        assertThat(new Sid(DOMAIN + "0-512").isOf(DOMAIN)).isFalse();
        assertThat(new Sid("S-1-5-32-544").isOf(DOMAIN)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "S-1-5", "S-2-5-21", "s-1-5-21", "S-1-5-21-", "S-1-5--21", "S-1-5-21-x", "S-1-5-21 "})
    void anythingElseIsNone(String text) {
        assertThatThrownBy(() -> new Sid(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
