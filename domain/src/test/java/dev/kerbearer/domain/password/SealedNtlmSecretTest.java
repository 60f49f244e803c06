package dev.kerbearer.domain.password;

import static dev.kerbearer.domain.Samples.ALICE;
import static dev.kerbearer.domain.Samples.SERVER_KEYS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class SealedNtlmSecretTest {

    private static final byte[] SECRET = HexFormat.of().parseHex("a4f49c406510bdcab6824ee7c30fd852");

    /** An existing database must stay readable, so these bytes never change. */
    @Test
    void aSecretFromAnExistingDatabaseCanBeOpened() {
        byte[] stored = HexFormat.of()
                .parseHex("07070707070707070707070735e1583d8d68bcac3aaf48249596f38fe1fd4d5af56be9c3ee09e04d9fd14af9");
        SealedNtlmSecret sealed =
                new SealedNtlmSecret(stored, SERVER_KEYS.current().id());
        assertThat(sealed.open(ALICE.guid(), SERVER_KEYS).orElseThrow().reveal())
                .isEqualTo(SECRET);
    }

    @Test
    void theSecretIsNotShown() {
        NtlmSecret secret = NtlmSecret.of(SECRET);
        assertThat(secret).hasToString("NtlmSecret[hidden]");
        assertThat(SealedNtlmSecret.seal(secret, ALICE.guid(), SERVER_KEYS.current(), bytes -> {}))
                .hasToString("SealedNtlmSecret[under " + SERVER_KEYS.current().id() + "]");
    }
}
