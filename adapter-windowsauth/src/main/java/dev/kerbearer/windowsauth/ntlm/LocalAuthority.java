package dev.kerbearer.windowsauth.ntlm;

import dev.kerbearer.domain.identity.Account;
import dev.kerbearer.domain.identity.Identity;
import dev.kerbearer.domain.identity.NtlmVerifier;
import dev.kerbearer.domain.identity.PrefixedName;
import dev.kerbearer.domain.identity.Provider;
import dev.kerbearer.domain.key.ServerKeys;
import dev.kerbearer.domain.password.NtlmSecret;
import dev.kerbearer.domain.password.SealedNtlmSecret;
import dev.kerbearer.domain.port.NtlmVerifiers;
import dev.kerbearer.domain.refusal.Detail;
import dev.kerbearer.domain.secret.SecretSource;
import dev.kerbearer.windowsauth.ntlm.message.NtHash;
import dev.kerbearer.windowsauth.ntlm.message.TargetInformation;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Checks NTLM proofs of Kerbearer's own identities, whatever domain the client names. */
public final class LocalAuthority implements NtlmAuthority {

    private static final Logger LOG = Logger.getLogger(LocalAuthority.class);

    private final NtlmVerifiers verifiers;
    private final ServerKeys keys;
    private final TargetInformation target;
    private final NtHash decoyHash;
    private final NtlmVerifier decoy;

    /**
     * @param verifiers the stored password verifiers
     * @param keys the server keys that decrypt them
     * @param random makes a password that no identity has
     * @param dnsName the DNS name of the service
     */
    public LocalAuthority(NtlmVerifiers verifiers, ServerKeys keys, SecretSource random, String dnsName) {
        this.verifiers = verifiers;
        this.keys = keys;
        this.target = TargetInformation.ofServer("KERBEARER", dnsName);
        byte[] hash = new byte[NtHash.LENGTH];
        random.fill(hash);
        this.decoyHash = NtHash.ofBytes(hash);
        UUID guid = UUID.randomUUID();
        this.decoy = new NtlmVerifier(
                new Identity(Provider.LOCAL, guid),
                SealedNtlmSecret.seal(NtlmSecret.of(hash), guid, keys.current(), random));
    }

    @Override
    public TargetInformation target() {
        return target;
    }

    /** Checks a proof. An unknown name costs the same work as a known one. */
    @Override
    public Verdict check(NtlmProof proof) {
        Optional<NtlmVerifier> found = nameOf(proof).flatMap(verifiers::find);
        Optional<NtHash> hash = hashOf(found.orElse(decoy));
        Optional<byte[]> key = proof.sessionBaseKey(hash.orElse(decoyHash));
        if (found.isEmpty() || hash.isEmpty() || key.isEmpty()) {
            String why = found.isEmpty()
                    ? "no identity that may use NTLM has the name "
                    : hash.isEmpty() ? "the stored password cannot be decrypted for " : "wrong password for ";
            return new Verdict.Wrong(new Detail(why + proof));
        }
        return new Verdict.Right(new Account.Kept(found.get().identity()), key.get());
    }

    /** Returns empty on an error: an error that the caller sees would reveal that the name exists. */
    private Optional<NtHash> hashOf(NtlmVerifier verifier) {
        try {
            Optional<NtlmSecret> secret =
                    verifier.secret().open(verifier.identity().guid(), keys);
            if (secret.isEmpty()) {
                LOG.errorf(
                        "The NTLM password of %s is sealed under a server key that this node does not hold: %s",
                        verifier.identity(), verifier.secret().sealedUnder());
            }
            return secret.map(NtlmSecret::reveal).map(NtHash::ofBytes);
        } catch (IllegalStateException changed) {
            LOG.error("A sealed NTLM password was changed in the database", changed);
            return Optional.empty();
        }
    }

    private static Optional<PrefixedName> nameOf(NtlmProof proof) {
        try {
            return Optional.of(new PrefixedName(Provider.LOCAL, proof.user()));
        } catch (IllegalArgumentException invalid) {
            return Optional.empty();
        }
    }
}
