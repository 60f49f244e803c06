package dev.kerbearer.domain.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"secret", "Pa$$w0rd ${x}", " blanks ", "p\u00e4ss", "two\nlines", "a\uFEFFb", ""})
    void theAdditionsOfAnEditorAreNotPartOfTheSecret(String secret) {
        for (String mark : List.of("", "\uFEFF")) {
            for (String end : List.of("", "\n", "\r\n")) {
                assertThat(SecretText.of((mark + secret + end).getBytes(StandardCharsets.UTF_8)))
                        .isEqualTo(secret);
            }
        }
    }

    @Test
    void oneLineEndIsRemoved() {
        assertThat(SecretText.of("secret\n\n".getBytes(StandardCharsets.UTF_8))).isEqualTo("secret\n");
        assertThat(SecretText.of("secret\r".getBytes(StandardCharsets.UTF_8))).isEqualTo("secret\r");
    }

    @Test
    void anotherEncodingIsNamedWithoutTheSecret() {
        for (Charset utf16 : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            assertThatThrownBy(() -> SecretText.of("\uFEFFsecret".getBytes(utf16)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("it is UTF-16: save it as UTF-8");
        }
        assertThatThrownBy(() -> SecretText.of("p\u00e4ss".getBytes(StandardCharsets.ISO_8859_1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("it is not UTF-8 text: save it as UTF-8");
    }
}
