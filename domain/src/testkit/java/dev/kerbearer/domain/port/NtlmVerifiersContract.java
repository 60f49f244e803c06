package dev.kerbearer.domain.port;

import static dev.kerbearer.domain.Samples.ALICE;
import static dev.kerbearer.domain.Samples.NTLM_DERIVATION;
import static dev.kerbearer.domain.Samples.localName;
import static dev.kerbearer.domain.port.StorageSamples.IMPORT;
import static dev.kerbearer.domain.port.StorageSamples.KEYS;
import static dev.kerbearer.domain.port.StorageSamples.RANDOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kerbearer.domain.identity.LocalIdentity;
import dev.kerbearer.domain.identity.NtlmVerifier;
import dev.kerbearer.domain.identity.PrefixedName;
import dev.kerbearer.domain.key.ServerKey;
import dev.kerbearer.domain.key.ServerKeys;
import dev.kerbearer.domain.password.Password;
import dev.kerbearer.domain.password.SealedNtlmSecret;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The contract of {@link NtlmVerifiers}. */
public interface NtlmVerifiersContract extends StoragePorts {

    Password FIRST = Password.of("correct horse 1");
    Password SECOND = Password.of("correct horse 2");

    @Test
    default void anImportStoresAVerifierForANewIdentityOnly() {
        identities().put(withNtlm("bob", Optional.of(FIRST)), IMPORT);
        assertThat(directory().find(localName("bob")))
                .contains(ntlmVerifiers().find(localName("bob")).orElseThrow().identity());
        assertThat(revealed("bob")).isEqualTo(secret(FIRST));
        identities().put(withNtlm("bob", Optional.of(SECOND)), IMPORT);
        assertThat(revealed("bob")).isEqualTo(secret(FIRST));
        identities().put(withNtlm("alice", Optional.of(SECOND)), IMPORT);
        assertThat(ntlmVerifiers().find(localName("alice")))
                .as("alice existed already")
                .isEmpty();
    }

    private byte[] revealed(String name) {
        NtlmVerifier verifier = ntlmVerifiers().find(localName(name)).orElseThrow();
        return verifier.secret()
                .open(verifier.identity().guid(), KEYS)
                .orElseThrow()
                .reveal();
    }

    private static byte[] secret(Password password) {
        return NTLM_DERIVATION.derive(password).reveal();
    }

    @Test
    default void aVerifierIsDeletedOnceTheIdentityMayNotUseNtlm() {
        identities().put(withNtlm("bob", Optional.of(FIRST)), IMPORT);
        identities().put(withNtlm("bob", Optional.empty()), IMPORT);
        assertThat(ntlmVerifiers().find(localName("bob"))).isEmpty();
        assertThat(ntlmVerifiers().find(localName("nobody"))).isEmpty();
        assertThat(ntlmVerifiers().find(localName("operators"))).isEmpty();
        assertThat(ntlmVerifiers().find(PrefixedName.parse("AD+CORP:bob"))).isEmpty();
    }

    @Test
    default void aVerifierIsReplacedByAResealedOne() {
        identities().put(withNtlm("bob", Optional.of(FIRST)), IMPORT);
        byte[] key = new byte[ServerKey.LENGTH];
        key[0] = 1;
        ServerKey next = ServerKey.of(key);
        assertThat(ntlmVerifiers().notSealedUnder(KEYS.current().id(), 10)).isEmpty();
        NtlmVerifier old = ntlmVerifiers().notSealedUnder(next.id(), 10).stream()
                .findFirst()
                .orElseThrow();
        UUID bob = old.identity().guid();
        ntlmVerifiers()
                .replace(old, SealedNtlmSecret.seal(NTLM_DERIVATION.derive(FIRST), bob, next, RANDOM::nextBytes));
        assertThat(ntlmVerifiers().notSealedUnder(next.id(), 10)).isEmpty();
        ntlmVerifiers().replace(old, old.secret());
        SealedNtlmSecret kept =
                ntlmVerifiers().find(localName("bob")).orElseThrow().secret();
        assertThat(kept.sealedUnder()).as("the old one was replaced already").isEqualTo(next.id());
        assertThat(kept.open(bob, KEYS)).as("the new key is not held").isEmpty();
        assertThatThrownBy(() -> kept.open(ALICE.guid(), new ServerKeys(next, List.of())))
                .as("the verifier of another identity")
                .isInstanceOf(IllegalStateException.class);
    }

    private static LocalIdentity withNtlm(String name, Optional<Password> password) {
        return new LocalIdentity(localName(name), Optional.empty(), Set.of(), Set.of(), true, password);
    }
}
