package dev.kerbearer.application.signin;

import dev.kerbearer.domain.audit.Origin;
import dev.kerbearer.domain.identity.Account;
import dev.kerbearer.domain.identity.Caller;
import dev.kerbearer.application.directory.Directories;
import dev.kerbearer.domain.identity.Identity;
import dev.kerbearer.domain.identity.PrefixedName;
import dev.kerbearer.domain.port.Directory;
import dev.kerbearer.domain.refusal.Detail;
import dev.kerbearer.domain.refusal.Refusal;
import dev.kerbearer.domain.refusal.RefusedException;
import dev.kerbearer.domain.signin.SignInDigest;

/** Finds out whose an account is that somebody signed in to by name and password. */
public final class RecogniseAccount {

    private final Directories directories;
    private final RefusedSignIns refusedSignIns;

    /**
     * @param directories which directory keeps the accounts of which provider
     * @param refusedSignIns writes down those who are refused
     */
    public RecogniseAccount(Directories directories, RefusedSignIns refusedSignIns) {
        this.directories = directories;
        this.refusedSignIns = refusedSignIns;
    }

    /**
     * Answers the identity whose account it is, with its names and groups.
     *
     * @param account whose password was right
     * @param digest of the sign-in that showed it
     * @throws RefusedException as {@link RecogniseCaller#recognise} does
     */
    public Caller recognise(Account account, SignInDigest digest, Origin origin) {
        return refusedSignIns.orWriteDown(digest, account.toString(), origin, () -> callerOf(account));
    }

    private Caller callerOf(Account account) {
        if (account instanceof Account.Blocked barred) {
            throw RecogniseCaller.blocked(barred.block());
        }
        Identity identity = identityOf(account);
        Directory directory =
                directories.of(identity.provider()).orElseThrow(() -> unhandled("no directory keeps", account));
        return RecogniseCaller.userWhoMaySignIn(directory.recognise(identity))
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
