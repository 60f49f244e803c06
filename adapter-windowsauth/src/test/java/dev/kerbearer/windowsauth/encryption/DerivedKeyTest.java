package dev.kerbearer.windowsauth.encryption;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class DerivedKeyTest {

    /** RFC 3961 appendix A.3. */
    @Test
    void theFoldEqualsThatOfTheRfc() {
        assertThat(DerivedKey.folded("kerberos".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(HexFormat.of().parseHex("6b65726265726f737b9b5b2b93132b93"));
    }
}
