package dev.kerbearer.windowsauth.winbind;

import dev.kerbearer.domain.refusal.Detail;
import dev.kerbearer.windowsauth.ntlm.NtlmAcceptor;
import dev.kerbearer.windowsauth.ntlm.NtlmAuthority;
import dev.kerbearer.windowsauth.ntlm.NtlmClient;
import dev.kerbearer.windowsauth.ntlm.NtlmHandshake;
import dev.kerbearer.windowsauth.ntlm.NtlmProof;
import dev.kerbearer.windowsauth.ntlm.SomeNames;
import dev.kerbearer.windowsauth.ntlm.message.MalformedMessage;
import dev.kerbearer.windowsauth.ntlm.message.TargetInformation;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Claims of a client, as an authority gets them, and challenges, as a client does. */
final class AnyProof {

    private AnyProof() {}

    /** Takes down what it is asked, and says no. */
    private record TakingDown(TargetInformation target, AtomicReference<@Nullable NtlmProof> asked)
            implements NtlmAuthority {
        @Override
        public Verdict check(NtlmProof proof) {
            asked.set(proof);
            return new Verdict.Wrong(new Detail("nobody is right here"));
        }
    }

    /** A claim of that user, with an answer unlike any other. */
    static NtlmProof of(String domain, String user) {
        AtomicReference<@Nullable NtlmProof> asked = new AtomicReference<>();
        NtlmAcceptor acceptor = acceptor(TargetInformation.ofServer("MEMBER", "member"), asked);
        NtlmClient client = NtlmClient.of(domain, user, "any password");
        try {
            NtlmHandshake handshake = acceptor.begin(client.negotiate());
            acceptor.complete(handshake, client.authenticate(handshake.challengeBytes()), SomeNames.HERE);
        } catch (MalformedMessage e) {
            throw new AssertionError(e);
        }
        return Objects.requireNonNull(asked.get());
    }

    /** A challenge of a member of that domain, whose DNS says nothing. */
    static byte[] challengeOfMember(String domain) {
        TargetInformation target = TargetInformation.ofMember(domain, "MEMBER", "", "member");
        try {
            return acceptor(target, new AtomicReference<>())
                    .begin(NtlmClient.of("", "anybody", "any password").negotiate())
                    .challengeBytes();
        } catch (MalformedMessage e) {
            throw new AssertionError(e);
        }
    }

    private static NtlmAcceptor acceptor(TargetInformation target, AtomicReference<@Nullable NtlmProof> asked) {
        return new NtlmAcceptor(
                new TakingDown(target, asked), SomeNames.NONE, new SecureRandom()::nextBytes, InstantSource.system());
    }
}
