package dev.kerbearer.windowsauth.ntlm.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kerbearer.domain.password.Password;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NtHashTest {

    /** RFC 1320 appendix A.5. */
    @ParameterizedTest
    @CsvSource({
        "'', 31d6cfe0d16ae931b73c59d7e0c089c0",
        "a, bde52cb31de33e46245e05fbdbd6fb24",
        "abc, a448017aaf21d8525fc10ae87aa6729d",
        "message digest, d9130a8164549fe818874806e1c7014b",
        "abcdefghijklmnopqrstuvwxyz, d79e1c308aa5bbcdeea8ed63df412da9",
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789, 043f8582f241db351ce627e153e7f0e4",
        "12345678901234567890123456789012345678901234567890123456789012345678901234567890, e33b4ddc9c38f2199c3e7b164fcc0536"
    })
    void md4EqualsThatOfItsRfc(String message, String digest) {
        assertThat(OldCiphers.md4(message.getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(HexFormat.of().parseHex(digest));
    }

    /** Values from OpenSSL, for lengths where the padding takes its own block and where it does not. */
    @ParameterizedTest
    @CsvSource({
        "54, 10993f670d6d785f3e87bc46e8da89dc",
        "55, c889c81dd86c4d2e025778944ea02881",
        "56, d5f9a9e9257077a5f08b0b92f348b0ad",
        "57, 872097e6f78e3b53f890459d03bc6fb7",
        "119, e65dd227ccef97fa1d34d70189120f76",
        "120, b03ddbd470b47c013e0c7ab2ddd763db"
    })
    void md4PadsMessagesOfAnyLength(int length, String digest) {
        assertThat(OldCiphers.md4("a".repeat(length).getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(HexFormat.of().parseHex(digest));
    }

    /** [MS-NLMP] section 4.2.2.1.2: NTOWFv1 of "Password". */
    @Test
    void theHashEqualsThatOfTheSpecification() {
        assertThat(NtHash.ofPassword("Password").reveal())
                .isEqualTo(HexFormat.of().parseHex("a4f49c406510bdcab6824ee7c30fd852"));
    }

    @Test
    void theHashIsNotShown() {
        assertThat(NtHash.of(Password.of("correct horse battery"))).hasToString("NtHash[hidden]");
    }

    @Test
    void aHashIsReadBackAsItWasRevealed() {
        NtHash hash = NtHash.of(Password.of("correct horse battery"));
        assertThat(NtHash.ofBytes(hash.reveal()).reveal()).isEqualTo(hash.reveal());
        assertThatThrownBy(() -> NtHash.ofBytes(new byte[15])).isInstanceOf(IllegalArgumentException.class);
    }
}
