package dev.kerbearer.domain.grant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.domain.integration.TokenFormat;
import dev.kerbearer.domain.key.ServerKey;
import dev.kerbearer.domain.key.ServerKeys;
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
        // The expected tokens come from OpenSSL:
        // openssl kdf -keylen 34 -kdfopt digest:SHA256 -kdfopt hexkey:0100..00 -kdfopt hexsalt:00..00
        // -kdfopt hexinfo:<label, 00, nonce, token> HKDF
        assertThat(successor.tokens().access().reveal()).isEqualTo("Lf9jhd4hFKd3CVXXjS5PWq7J-r5WeHUwv_-WZ5E8rbvY0g==");
        assertThat(successor.tokens().refresh().orElseThrow().reveal())
                .isEqualTo("eNtPnb9P5OjypWUxqPEsdpIHFJE8VlEbOdt0_pqLFVRGnQ==");
        Successor jwt = Successor.of("presented", TokenFormat.JWT, KEYS, bytes -> Arrays.fill(bytes, (byte) 7));
        assertThat(jwt.tokens().access().reveal()).isEqualTo("zhRu4KUwndkRfWZLWQyfDCOYppFEoSpjL2N514FFUdVh3A==");
        assertThat(jwt.tokens().refresh().orElseThrow().digest())
                .isEqualTo(successor.tokens().refresh().orElseThrow().digest());
    }

    @Test
    void aPairIsDerivedAgainWithAnyHeldKey() {
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
    void nothingIsDerivedWithAMissingKey() {
        Successor successor =
                Successor.of("presented", TokenFormat.OPAQUE, new ServerKeys(key(4), List.of()), bytes -> {});
        assertThat(Successor.follow("presented", TokenFormat.OPAQUE, List.of(successor.link()), KEYS))
                .isEmpty();
    }

    @Test
    void aNonceIsImmutableAndNotPrinted() {
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

    private static ServerKey key(int n) {
        byte[] secret = new byte[ServerKey.LENGTH];
        secret[0] = (byte) n;
        return ServerKey.of(secret);
    }
}
