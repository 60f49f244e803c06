package dev.kerbearer.domain.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kerbearer.domain.signin.SignInDigest;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class Sha256Test {

    /** FIPS 180-2, appendix B.1. */
    private static final String OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    private final Sha256 digest = ofText("abc");

    @Test
    void aDigestMatchesTheStandard() {
        assertThat(digest).hasToString(OF_ABC);
        assertThat(digest.bytes()).isEqualTo(HexFormat.of().parseHex(OF_ABC));
    }

    @Test
    void digestsOfTheSameContentAreEqual() {
        assertThat(digest).isEqualTo(ofText("abc")).hasSameHashCodeAs(ofText("abc"));
        assertThat(digest).isNotEqualTo(ofText("abd")).doesNotHaveSameHashCodeAs(ofText("abd"));
        assertThat(digest).isNotEqualTo(OF_ABC);
    }

    @Test
    void aDigestIsImmutable() {
        digest.bytes()[0] = 0;
        assertThat(digest).hasToString(OF_ABC);
    }

    @Test
    void aDigestReadFromItsBytesIsEqual() {
        byte[] made = HexFormat.of().parseHex(OF_ABC);
        Sha256 read = Sha256.ofDigest(made);
        made[0] = 0;
        assertThat(read).isEqualTo(digest);
    }

    @Test
    void aDigestHas32Bytes() {
        for (int length : new int[] {0, 31, 33}) {
            assertThatThrownBy(() -> Sha256.ofDigest(new byte[length]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("a SHA-256 digest has 32 bytes");
        }
    }

    @Test
    void aSignInIsIdentifiedByTheDigestOfItsAuthenticator() {
        byte[] cipher = "abc".getBytes(StandardCharsets.UTF_8);
        assertThat(SignInDigest.ofAuthenticator(cipher)).isEqualTo(new SignInDigest(digest));
    }

    private static Sha256 ofText(String text) {
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
