package dev.kerbearer.application.signin;

import dev.kerbearer.application.directory.Directories;
import dev.kerbearer.domain.audit.Origin;
import dev.kerbearer.domain.identity.Account.Block;
import dev.kerbearer.domain.identity.AuthorizationData;
import dev.kerbearer.domain.identity.Caller;
import dev.kerbearer.domain.identity.Principal;
import dev.kerbearer.domain.port.Directory;
import dev.kerbearer.domain.port.Directory.Recognition;
import dev.kerbearer.domain.refusal.Detail;
import dev.kerbearer.domain.refusal.Refusal;
import dev.kerbearer.domain.refusal.RefusedException;
import dev.kerbearer.domain.signin.SignIn;
import dev.kerbearer.domain.signin.SignInDigest;
import java.util.Optional;

/** Finds the identity of a signed-in principal. Sign-in ends here and grants begin: later steps only see a caller. */
public final class RecogniseCaller {

    private final Directories directories;
    private final RefusedSignIns refusedSignIns;

    /**
     * @param directories the directories, by realm
     * @param refusedSignIns records refused sign-ins
     */
    public RecogniseCaller(Directories directories, RefusedSignIns refusedSignIns) {
        this.directories = directories;
        this.refusedSignIns = refusedSignIns;
    }

    /**
     * Returns the sign-in of the principal's identity, with its names and groups.
     *
     * @param principal the principal of a valid ticket
     * @param ticket the authorization data in the ticket
     * @param digest the digest of the sign-in
     * @param reply the value of {@code WWW-Authenticate} in the answer
     * @throws RefusedException {@code access_denied} if the principal has no identity or its identity may not sign in;
     *     then the refusal is recorded, and the sign-in is used up. {@code server_error} if the directory cannot be
     *     asked; then nothing is recorded.
     */
    public SignIn recognise(
            Principal principal,
            Optional<AuthorizationData> ticket,
            SignInDigest digest,
            Origin origin,
            Optional<String> reply) {
        Caller caller =
                refusedSignIns.orRecord(digest, principal.toString(), origin, () -> remembered(principal, ticket));
        return new SignIn(caller, () -> current(principal, ticket), digest, origin, reply);
    }

    private Caller remembered(Principal principal, Optional<AuthorizationData> ticket) {
        return callerIn(directoryOf(principal).remembered(principal, ticket), principal);
    }

    private Caller current(Principal principal, Optional<AuthorizationData> ticket) {
        return callerIn(directoryOf(principal).recognise(principal, ticket), principal);
    }

    private Directory directoryOf(Principal principal) {
        return directories
                .ofRealm(principal.realm())
                .orElseThrow(() -> unhandled("no provider is configured for the realm of", principal));
    }

    private static Caller callerIn(Recognition recognition, Principal principal) {
        return userWhoMaySignIn(recognition).orElseThrow(() -> unhandled("no identity has the principal", principal));
    }

    /**
     * Returns the user that a directory found; empty if it found none.
     *
     * @throws RefusedException {@code access_denied} if the directory knows the user, but the user may not sign in
     */
    static Optional<Caller> userWhoMaySignIn(Recognition recognition) {
        if (recognition instanceof Recognition.Recognised recognised) {
            return Optional.of(recognised.caller());
        }
        Optional<Block> block = blockIn(recognition);
        if (block.isPresent()) {
            throw blocked(block.get());
        }
        return Optional.empty();
    }

    private static Optional<Block> blockIn(Recognition recognition) {
        if (recognition instanceof Recognition.Disabled) {
            return Optional.of(Block.DISABLED);
        }
        if (recognition instanceof Recognition.Expired) {
            return Optional.of(Block.EXPIRED);
        }
        return recognition instanceof Recognition.MustChangePassword
                ? Optional.of(Block.MUST_CHANGE_PASSWORD)
                : Optional.empty();
    }

    /** Returns the refusal of a valid sign-in whose user may not have a grant. */
    static RefusedException blocked(Block block) {
        return Refusal.noGrantFor(
                        switch (block) {
                            case DISABLED -> "the identity is disabled";
                            case EXPIRED -> "the identity has expired";
                            case MUST_CHANGE_PASSWORD -> "the password must be changed first";
                        })
                .asException();
    }

    private static RefusedException unhandled(String why, Principal principal) {
        return Refusal.unhandledIdentity(new Detail(why + " " + principal)).asException();
    }
}
