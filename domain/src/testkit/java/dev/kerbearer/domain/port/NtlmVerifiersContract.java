package dev.kerbearer.domain.port;

import static dev.kerbearer.domain.Samples.ALICE;
import static dev.kerbearer.domain.Samples.NOW;
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
import dev.kerbearer.domain.password.NtHash;
import dev.kerbearer.domain.password.Password;
import dev.kerbearer.domain.password.SealedNtHash;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The contract of {@link NtlmVerifiers}. */
public interface NtlmVerifiersContract extends StoragePorts {

    @Test
    default void aVerifierIsStoredWithItsIdentityAndNotSetBack() {
        NtHash hash = NtHash.of(Password.of("correct horse 1"));
        identities().put(withNtlm("bob", Optional.of(hash)), IMPORT, NOW);
        NtlmVerifier verifier = ntlmVerifiers().find(localName("bob")).orElseThrow();
        assertThat(directory().find(localName("bob"))).contains(verifier.identity());
        UUID bob = verifier.identity().guid();
        assertThat(verifier.hash().open(bob, KEYS).orElseThrow().reveal()).isEqualTo(hash.reveal());
        NtHash later = NtHash.of(Password.of("correct horse 2"));
        identities().put(withNtlm("bob", Optional.of(later)), IMPORT, NOW);
        assertThat(ntlmVerifiers().find(localName("bob")).orElseThrow().hash().sealed())
                .isEqualTo(verifier.hash().sealed());
    }

    @Test
    default void anIdentityThatHasNoVerifierGetsOneLater() {
        NtHash first = NtHash.of(Password.of("correct horse 1"));
        identities().put(withNtlm("alice", Optional.of(first)), IMPORT, NOW);
        assertThat(revealed("alice")).as("alice was there already").isEqualTo(first.reveal());
        NtHash second = NtHash.of(Password.of("correct horse 2"));
        identities().put(withNtlm("alice", Optional.empty()), IMPORT, NOW);
        identities().put(withNtlm("alice", Optional.of(second)), IMPORT, NOW);
        assertThat(revealed("alice")).as("the first was deleted").isEqualTo(second.reveal());
    }

    private byte[] revealed(String name) {
        NtlmVerifier verifier = ntlmVerifiers().find(localName(name)).orElseThrow();
        return verifier.hash()
                .open(verifier.identity().guid(), KEYS)
                .orElseThrow()
                .reveal();
    }

    @Test
    default void aVerifierGoesWithTheRightToIt() {
        identities().put(withNtlm("bob", Optional.of(NtHash.of(Password.of("correct horse 1")))), IMPORT, NOW);
        identities().put(withNtlm("bob", Optional.empty()), IMPORT, NOW);
        assertThat(ntlmVerifiers().find(localName("bob"))).isEmpty();
        assertThat(ntlmVerifiers().find(localName("nobody"))).isEmpty();
        assertThat(ntlmVerifiers().find(localName("operators"))).isEmpty();
        assertThat(ntlmVerifiers().find(PrefixedName.parse("AD+CORP:bob"))).isEmpty();
    }

    @Test
    default void aVerifierIsReplacedByOneThatIsSealedAnew() {
        NtHash hash = NtHash.of(Password.of("correct horse 1"));
        identities().put(withNtlm("bob", Optional.of(hash)), IMPORT, NOW);
        byte[] secret = new byte[ServerKey.LENGTH];
        secret[0] = 1;
        ServerKey next = ServerKey.of(secret);
        assertThat(ntlmVerifiers().notSealedUnder(KEYS.current().id(), 10)).isEmpty();
        NtlmVerifier old = ntlmVerifiers().notSealedUnder(next.id(), 10).stream()
                .findFirst()
                .orElseThrow();
        UUID bob = old.identity().guid();
        ntlmVerifiers().replace(old, SealedNtHash.seal(hash, bob, next, RANDOM::nextBytes));
        assertThat(ntlmVerifiers().notSealedUnder(next.id(), 10)).isEmpty();
        ntlmVerifiers().replace(old, old.hash());
        SealedNtHash kept = ntlmVerifiers().find(localName("bob")).orElseThrow().hash();
        assertThat(kept.sealedUnder()).as("the old one was replaced already").isEqualTo(next.id());
        assertThat(kept.open(bob, KEYS)).as("the new key is not held").isEmpty();
        assertThatThrownBy(() -> kept.open(ALICE.guid(), new ServerKeys(next, List.of())))
                .as("it is another identity's")
                .isInstanceOf(IllegalStateException.class);
    }

    private static LocalIdentity withNtlm(String name, Optional<NtHash> hash) {
        return new LocalIdentity(localName(name), Optional.empty(), Set.of(), Set.of(), true, hash);
    }
}
