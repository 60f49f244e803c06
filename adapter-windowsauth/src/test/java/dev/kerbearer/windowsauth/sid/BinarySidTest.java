package dev.kerbearer.windowsauth.sid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kerbearer.domain.identity.Sid;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BinarySidTest {

    @ParameterizedTest
    @CsvSource({
        "S-1-5-32-544, 01020000000000052000000020020000",
        "S-1-5-21-1004336348-1177238915-682003330-512," + " 010500000000000515000000dcf4dc3b833d2b46828ba62800020000",
        "S-1-281474976710655-4294967295, 0101ffffffffffffffffffff"
    })
    void bytesAndTextAreEquivalent(String text, String hex) {
        assertThat(BinarySid.read(HexFormat.of().parseHex(hex))).isEqualTo(new Sid(text));
        assertThat(BinarySid.write(new Sid(text))).isEqualTo(HexFormat.of().parseHex(hex));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "01", "0102000000000005200000002002", "0202000000000005200000002002", "0100000000000005"})
    void aTruncatedSidAndAnotherRevisionAreRefused(String hex) {
        assertThatThrownBy(() -> BinarySid.read(HexFormat.of().parseHex(hex)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void trailingBytesAreRefused() {
        assertThatThrownBy(() -> BinarySid.read(HexFormat.of().parseHex("0102000000000005200000002002000000")))
                .hasMessageContaining("follows");
    }
}
