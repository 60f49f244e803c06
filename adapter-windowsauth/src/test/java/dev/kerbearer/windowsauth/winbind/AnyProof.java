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

/** Proofs as an authority gets them from a client, and challenges as a client gets them. */
final class AnyProof {

    private AnyProof() {}

    /** Records the proof and rejects it. */
    private record TakingDown(TargetInformation target, AtomicReference<@Nullable NtlmProof> asked)
            implements NtlmAuthority {
        @Override
        public Verdict check(NtlmProof proof) {
            asked.set(proof);
            return new Verdict.Wrong(new Detail("nobody is right here"));
        }
    }

    /** Returns a proof of that user with a unique answer. */
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

    /** Returns a challenge of a member of that domain without a DNS domain name. */
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
