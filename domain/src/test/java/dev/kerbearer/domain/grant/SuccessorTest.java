package dev.kerbearer.domain.grant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.domain.integration.TokenFormat;
import dev.kerbearer.domain.key.ServerKey;
import dev.kerbearer.domain.key.ServerKeys;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SuccessorTest {

    private static final ServerKeys KEYS = new ServerKeys(key(1), List.of(key(2), key(3)));

    @Test
    void aPairIsDerivedFromTheKeyTheNonceAndThePresentedToken() {
        Successor successor =
                Successor.of("presented", TokenFormat.OPAQUE, KEYS, bytes -> Arrays.fill(bytes, (byte) 7));
        byte[] nonce = new byte[Nonce.LENGTH];
        Arrays.fill(nonce, (byte) 7);
        assertThat(successor.link()).isEqualTo(new Link(Nonce.of(nonce), key(1).id()));
        assertThat(successor.tokens().access().reveal()).isEqualTo(derived("refresh: access token", nonce));
        assertThat(successor.tokens().refresh().orElseThrow().reveal())
                .isEqualTo(derived("refresh: refresh token", nonce));
    }

    @Test
    void aPairIsDerivedAgainUnderAnyKeyThatIsHeld() {
        for (int n = 1; n <= 3; n++) {
            Successor successor =
                    Successor.of("presented", TokenFormat.OPAQUE, new ServerKeys(key(n), List.of()), bytes -> {});
            assertThat(Successor.follow("presented", TokenFormat.OPAQUE, List.of(successor.link()), KEYS))
                    .as("key %d", n)
                    .hasValueSatisfying(pair -> assertThat(pair.access().digest())
                            .isEqualTo(successor.tokens().access().digest()));
        }
    }

    @Test
    void underAKeyThatIsNotHeldNothingIsDerived() {
        Successor successor =
                Successor.of("presented", TokenFormat.OPAQUE, new ServerKeys(key(4), List.of()), bytes -> {});
        assertThat(Successor.follow("presented", TokenFormat.OPAQUE, List.of(successor.link()), KEYS))
                .isEmpty();
    }

    @Test
    void aNonceIsAValueThatNobodyCanChangeOrPrint() {
        byte[] bytes = {1, 2, 3};
        Nonce nonce = Nonce.of(bytes);
        bytes[0] = 9;
        nonce.bytes()[0] = 9;
        assertThat(nonce.bytes()).containsExactly(1, 2, 3);
        assertThat(nonce)
                .isEqualTo(Nonce.of(new byte[] {1, 2, 3}))
                .hasSameHashCodeAs(Nonce.of(new byte[] {1, 2, 3}))
                .hasToString("Nonce[hidden]");
        assertThat(nonce)
                .isNotEqualTo(Nonce.of(bytes))
                .doesNotHaveSameHashCodeAs(Nonce.of(bytes))
                .isNotEqualTo("Nonce[hidden]");
    }

    private static String derived(String label, byte[] nonce) {
        byte[] presented = "presented".getBytes(StandardCharsets.UTF_8);
        return TokenSecret.of(key(1).authenticate(label, nonce, presented)).reveal();
    }

    private static ServerKey key(int n) {
        byte[] secret = new byte[ServerKey.LENGTH];
        secret[0] = (byte) n;
        return ServerKey.of(secret);
    }
}
