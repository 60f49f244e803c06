package dev.kerbearer.windowsauth.ntlm;

import dev.kerbearer.domain.identity.Account;
import dev.kerbearer.domain.identity.Identity;
import dev.kerbearer.domain.identity.Provider;
import dev.kerbearer.domain.password.Password;
import dev.kerbearer.domain.refusal.Detail;
import dev.kerbearer.windowsauth.ntlm.message.NtHash;
import dev.kerbearer.windowsauth.ntlm.message.TargetInformation;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;

/** Knows the password of alice and the disabled account of bob, and no other user. */
public final class OnlyAlice implements NtlmAuthority {

    public static final String PASSWORD = "Correct horse 1";
    public static final Account ALICE = new Account.Kept(new Identity(Provider.LOCAL, new UUID(1, 2)));

    static final Account.Blocked BOB = new Account.Blocked("bob", Account.Block.DISABLED);

    private static final NtHash HASH = NtHash.of(Password.of(PASSWORD));
    private static final Instant ALWAYS = Instant.parse("2026-11-25T00:00:00Z");

    /** Returns an acceptor with a constant challenge, so recorded answers of real clients stay right. */
    public static NtlmAcceptor withTheSameChallenge() {
        return new NtlmAcceptor(
                new OnlyAlice(), SomeNames.OF_KERBEARER, bytes -> Arrays.fill(bytes, (byte) 0x5a), () -> ALWAYS);
    }

    @Override
    public TargetInformation target() {
        return TargetInformation.ofServer("KERBEARER", "localhost");
    }

    @Override
    public Verdict check(NtlmProof proof) {
        if (proof.user().equals("bob")) {
            return new Verdict.Blocked(BOB);
        }
        return proof.sessionBaseKey(HASH)
                .filter(key -> proof.user().equalsIgnoreCase("alice"))
                .<Verdict>map(key -> new Verdict.Right(ALICE, key))
                .orElseGet(() -> new Verdict.Wrong(new Detail("not alice")));
    }
}
