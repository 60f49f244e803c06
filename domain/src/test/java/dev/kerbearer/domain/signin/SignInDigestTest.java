package dev.kerbearer.domain.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.domain.digest.Sha256;
import org.junit.jupiter.api.Test;

class SignInDigestTest {

    @Test
    void aSignInWithNtlmIsIdentifiedByItsChallengeAndProof() {
        assertThat(SignInDigest.ofNtlm(new byte[] {1, 2}, new byte[] {3, 4, 5}).sha256())
                .isEqualTo(Sha256.of(new byte[] {1, 2, 3, 4, 5}));
    }

    @Test
    void aTicketIsIdentifiedByItsAuthenticator() {
        assertThat(SignInDigest.ofAuthenticator(new byte[] {1, 2}).sha256()).isEqualTo(Sha256.of(new byte[] {1, 2}));
    }
}
