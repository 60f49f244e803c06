package dev.kerbearer.application.signin;

import dev.kerbearer.application.directory.Directories;
import dev.kerbearer.domain.audit.Origin;
import dev.kerbearer.domain.identity.Account;
import dev.kerbearer.domain.identity.Caller;
import dev.kerbearer.domain.identity.Identity;
import dev.kerbearer.domain.identity.PrefixedName;
import dev.kerbearer.domain.port.Directory;
import dev.kerbearer.domain.port.Directory.Recognition;
import dev.kerbearer.domain.refusal.Detail;
import dev.kerbearer.domain.refusal.Refusal;
import dev.kerbearer.domain.refusal.RefusedException;
import dev.kerbearer.domain.signin.SignIn;
import dev.kerbearer.domain.signin.SignInDigest;
import java.util.Optional;
import java.util.function.BiFunction;

/** Finds the identity of an account that signed in by name and password. */
public final class RecogniseAccount {

    private final Directories directories;
    private final RefusedSignIns refusedSignIns;

    /**
     * @param directories the directories, by provider
     * @param refusedSignIns records refused sign-ins
     */
    public RecogniseAccount(Directories directories, RefusedSignIns refusedSignIns) {
        this.directories = directories;
        this.refusedSignIns = refusedSignIns;
    }

    /**
     * Returns the sign-in of the account's identity, with its names and groups.
     *
     * @param account an account with a correct password
     * @param digest the digest of the sign-in
     * @param reply the value of {@code WWW-Authenticate} in the answer
     * @throws RefusedException like {@link RecogniseCaller#recognise}
     */
    public SignIn recognise(Account account, SignInDigest digest, Origin origin, Optional<String> reply) {
        Caller caller = refusedSignIns.orRecord(
                digest, account.toString(), origin, () -> callerOf(account, Directory::remembered));
        return new SignIn(caller, () -> callerOf(account, Directory::recognise), digest, origin, reply);
    }

    private Caller callerOf(Account account, BiFunction<Directory, Identity, Recognition> lookup) {
        if (account instanceof Account.Blocked blocked) {
            throw RecogniseCaller.blocked(blocked.block());
        }
        Identity identity = identityOf(account);
        Directory directory =
                directories.of(identity.provider()).orElseThrow(() -> unhandled("no directory keeps", account));
        return RecogniseCaller.userWhoMaySignIn(lookup.apply(directory, identity))
                .orElseThrow(() -> unhandled("no identity has", account));
    }

    private Identity identityOf(Account account) {
        if (account instanceof Account.Kept kept) {
            return kept.identity();
        }
        if (account instanceof Account.Foreign) {
            throw unhandled("no directory is configured for the domain of", account);
        }
        PrefixedName name = ((Account.Named) account).name();
        return directories
                .of(name.provider())
                .orElseThrow(() -> unhandled("no directory keeps", account))
                .findOrRemember(name)
                .orElseThrow(() -> unhandled("no identity has", account));
    }

    private static RefusedException unhandled(String why, Account account) {
        return Refusal.unhandledIdentity(new Detail(why + " the account " + account))
                .asException();
    }
}
