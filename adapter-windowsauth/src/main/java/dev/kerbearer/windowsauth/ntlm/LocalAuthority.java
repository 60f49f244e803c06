package dev.kerbearer.windowsauth.ntlm;

import dev.kerbearer.domain.identity.Account;
import dev.kerbearer.domain.identity.Identity;
import dev.kerbearer.domain.identity.NtlmVerifier;
import dev.kerbearer.domain.identity.PrefixedName;
import dev.kerbearer.domain.identity.Provider;
import dev.kerbearer.domain.key.ServerKeys;
import dev.kerbearer.domain.password.NtHash;
import dev.kerbearer.domain.password.SealedNtHash;
import dev.kerbearer.domain.port.NtlmVerifiers;
import dev.kerbearer.domain.port.SecretSource;
import dev.kerbearer.domain.port.Unavailable;
import dev.kerbearer.domain.refusal.Detail;
import java.util.Optional;
import java.util.UUID;

/** The identities that Kerbearer keeps itself, whatever domain a client says they are of. */
public final class LocalAuthority implements NtlmAuthority {

    private final NtlmVerifiers verifiers;
    private final ServerKeys keys;
    private final TargetInformation target;
    private final NtlmVerifier nobody;

    /**
     * @param verifiers what is kept of passwords
     * @param keys open it
     * @param random makes a password that nobody has
     * @param dnsName what the service is called
     */
    public LocalAuthority(NtlmVerifiers verifiers, ServerKeys keys, SecretSource random, String dnsName) {
        this.verifiers = verifiers;
        this.keys = keys;
        this.target = TargetInformation.ofServer("KERBEARER", dnsName);
        byte[] hash = new byte[NtHash.LENGTH];
        random.fill(hash);
        UUID guid = UUID.randomUUID();
        this.nobody = new NtlmVerifier(
                new Identity(Provider.LOCAL, guid),
                SealedNtHash.seal(NtHash.ofBytes(hash), guid, keys.current(), random));
    }

    @Override
    public TargetInformation target() {
        return target;
    }

    /** For a name that nobody has, all is done that is done for another. */
    @Override
    public Verdict check(NtlmProof proof) {
        Optional<NtlmVerifier> found = nameOf(proof).flatMap(verifiers::find);
        Optional<byte[]> key = proof.sessionBaseKey(hashOf(found.orElse(nobody)));
        if (found.isEmpty() || key.isEmpty()) {
            String why = found.isEmpty() ? "no identity may use NTLM that is called " : "wrong password for ";
            return new Verdict.Wrong(new Detail(why + proof));
        }
        return new Verdict.Right(new Account.Kept(found.get().identity()), key.get());
    }

    private NtHash hashOf(NtlmVerifier verifier) {
        return verifier.hash()
                .open(verifier.identity().guid(), keys)
                .orElseThrow(() -> new Unavailable(
                        "server key",
                        new IllegalStateException("this node does not hold the server key "
                                + verifier.hash().sealedUnder())));
    }

    private static Optional<PrefixedName> nameOf(NtlmProof proof) {
        try {
            return Optional.of(new PrefixedName(Provider.LOCAL, proof.user()));
        } catch (IllegalArgumentException nobodysName) {
            return Optional.empty();
        }
    }
}
