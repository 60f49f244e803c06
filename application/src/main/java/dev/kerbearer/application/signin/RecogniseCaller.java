package dev.kerbearer.application.signin;

import dev.kerbearer.domain.audit.Origin;
import dev.kerbearer.domain.identity.Account.Block;
import dev.kerbearer.domain.identity.AuthorizationData;
import dev.kerbearer.domain.identity.Caller;
import dev.kerbearer.application.directory.Directories;
import dev.kerbearer.domain.identity.Principal;
import dev.kerbearer.domain.port.Directory;
import dev.kerbearer.domain.port.Directory.Recognition;
import dev.kerbearer.domain.refusal.Detail;
import dev.kerbearer.domain.refusal.Refusal;
import dev.kerbearer.domain.refusal.RefusedException;
import dev.kerbearer.domain.signin.SignInDigest;
import java.util.Optional;

/** Finds out whose a signed-in principal is. Where sign-in ends and grants begin: what follows knows a caller only. */
public final class RecogniseCaller {

    private final Directories directories;
    private final RefusedSignIns refusedSignIns;

    /**
     * @param directories which directory knows the principals of which realm
     * @param refusedSignIns writes down those who are refused
     */
    public RecogniseCaller(Directories directories, RefusedSignIns refusedSignIns) {
        this.directories = directories;
        this.refusedSignIns = refusedSignIns;
    }

    /**
     * Answers the identity whose principal it is, with its names and groups.
     *
     * @param principal of a ticket that was good
     * @param ticket what it says of him itself
     * @param digest of the sign-in that showed it
     * @throws RefusedException {@code access_denied} where the principal is nobody's or its identity may not sign in,
     *     {@code server_error} where the directory cannot be asked; the refusal is written down then, and the sign-in
     *     used up
     */
    public Caller recognise(
            Principal principal, Optional<AuthorizationData> ticket, SignInDigest digest, Origin origin) {
        return refusedSignIns.orWriteDown(digest, principal.toString(), origin, () -> callerOf(principal, ticket));
    }

    private Caller callerOf(Principal principal, Optional<AuthorizationData> ticket) {
        Directory directory = directories
                .ofRealm(principal.realm())
                .orElseThrow(() -> unhandled("no provider is configured for the realm of", principal));
        return userWhoMaySignIn(directory.recognise(principal, ticket))
                .orElseThrow(() -> unhandled("no identity has the principal", principal));
    }

    /**
     * The user whom a directory knows; empty where it knows nobody.
     *
     * @throws RefusedException {@code access_denied} where it knows him and he may not
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

    /** What a user is told whose sign-in is good, and who may not have a grant. */
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
