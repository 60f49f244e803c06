package dev.kerbearer.windowsauth.ntlm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.domain.Samples;
import dev.kerbearer.domain.identity.LocalIdentity;
import dev.kerbearer.domain.identity.NtlmVerifier;
import dev.kerbearer.domain.key.ServerKey;
import dev.kerbearer.domain.key.ServerKeys;
import dev.kerbearer.domain.password.Password;
import dev.kerbearer.domain.password.SealedNtlmSecret;
import dev.kerbearer.domain.port.InMemoryStorage;
import dev.kerbearer.domain.port.NtlmDerivation;
import dev.kerbearer.domain.secret.SecretSource;
import dev.kerbearer.windowsauth.ntlm.NtlmAcceptor.Outcome;
import dev.kerbearer.windowsauth.ntlm.message.MalformedMessage;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An unreadable verifier gets the same refusal as an unknown user. */
class LocalAuthorityTest {

    private static final Endpoints HERE = SomeNames.HERE;

    private static final Password PASSWORD = Password.of("Correct horse 1");

    private final NtlmDerivation derivation = new NtHashDerivation();
    private final SecretSource random = new SecureRandom()::nextBytes;
    private final InMemoryStorage storage = new InMemoryStorage(derivation);

    @BeforeEach
    void aliceMayUseNtlm() {
        storage.put(
                new LocalIdentity(
                        Samples.localName("alice"), Optional.empty(), Set.of(), Set.of(), true, Optional.of(PASSWORD)),
                Samples.NOW);
    }

    @Test
    void aChangedVerifierIsTreatedAsAnUnknownUser() throws Exception {
        assertThat(answer("alice", Samples.SERVER_KEYS)).isInstanceOf(Outcome.Accepted.class);
        NtlmVerifier verifier =
                storage.ntlmVerifiers().find(Samples.localName("alice")).orElseThrow();
        SealedNtlmSecret secretOfAnotherUser = SealedNtlmSecret.seal(
                derivation.derive(PASSWORD), UUID.randomUUID(), Samples.SERVER_KEYS.current(), random);
        storage.ntlmVerifiers().replace(verifier, secretOfAnotherUser);
        assertTreatedAsUnknownUser(Samples.SERVER_KEYS);
    }

    @Test
    void aVerifierUnderAMissingKeyIsTreatedAsAnUnknownUser() throws Exception {
        byte[] another = new byte[ServerKey.LENGTH];
        random.fill(another);
        assertTreatedAsUnknownUser(new ServerKeys(ServerKey.of(another), List.of()));
    }

    private void assertTreatedAsUnknownUser(ServerKeys keys) throws MalformedMessage {
        Outcome.Rejected known = (Outcome.Rejected) answer("alice", keys);
        Outcome.Rejected unknown = (Outcome.Rejected) answer("mallory", keys);
        assertThat(known.why()).isEqualTo(unknown.why()).isEqualTo("the user name or password is not right");
        assertThat(known.detail().toString()).contains("cannot be decrypted");
    }

    private Outcome answer(String user, ServerKeys keys) throws MalformedMessage {
        LocalAuthority authority = new LocalAuthority(storage.ntlmVerifiers(), keys, random, "localhost");
        NtlmAcceptor acceptor = new NtlmAcceptor(authority, SomeNames.NONE, random, InstantSource.system());
        NtlmClient client = NtlmClient.of("", user, PASSWORD.reveal());
        NtlmHandshake handshake = acceptor.begin(client.negotiate());
        return acceptor.complete(handshake, client.authenticate(handshake.challengeBytes()), HERE);
    }
}
