package dev.kerbearer.domain.port;

import dev.kerbearer.domain.identity.AuthorizationData;
import dev.kerbearer.domain.identity.Caller;
import dev.kerbearer.domain.identity.Identity;
import dev.kerbearer.domain.identity.PrefixedName;
import dev.kerbearer.domain.identity.Principal;
import java.util.Optional;

/** A directory of the users and groups of one provider. */
public interface Directory {

    /** The result of looking up a principal or identity. */
    sealed interface Recognition {

        /** A user who may sign in. */
        record Recognised(Caller caller) implements Recognition {}

        /** A user whose account is disabled. */
        record Disabled(Identity identity) implements Recognition {}

        /** A user whose account has expired. */
        record Expired(Identity identity) implements Recognition {}

        /** A user who must change the password before signing in. */
        record MustChangePassword(Identity identity) implements Recognition {}

        /** No user of this directory. */
        record Unknown() implements Recognition {}
    }

    /**
     * Looks up the user with this principal.
     *
     * @throws Unavailable if the directory cannot be asked
     */
    Recognition recognise(Principal principal);

    /**
     * Looks up the user with this principal and the data in the ticket. A directory trusts the data that its own KDC
     * may write, and looks up the rest. By default, the data in the ticket is ignored.
     *
     * @throws Unavailable if the directory cannot be asked
     */
    default Recognition recognise(Principal principal, AuthorizationData ticket) {
        return recognise(principal);
    }

    /**
     * Looks up the user with this principal at a sign-in, using the data in the ticket if there is any.
     *
     * @throws Unavailable if the directory cannot be asked
     */
    default Recognition recognise(Principal principal, Optional<AuthorizationData> ticket) {
        return ticket.map(said -> recognise(principal, said)).orElseGet(() -> recognise(principal));
    }

    /**
     * Looks up the current state of the user.
     *
     * @throws Unavailable if the directory cannot be asked
     */
    Recognition recognise(Identity identity);

    /**
     * Looks up the user with this principal, possibly in memory. A grant may be decided by a remembered user, because
     * {@link Grants} check the version. A refusal may not, so only users who may sign in are remembered. By default,
     * nobody is.
     *
     * @throws Unavailable if the user is not remembered and the directory cannot be asked
     */
    default Recognition remembered(Principal principal, Optional<AuthorizationData> ticket) {
        return recognise(principal, ticket);
    }

    /**
     * Looks up the user, possibly in memory, like {@link #remembered(Principal, Optional)}.
     *
     * @throws Unavailable if the user is not remembered and the directory cannot be asked
     */
    default Recognition remembered(Identity identity) {
        return recognise(identity);
    }

    /**
     * Returns the user or group with this name.
     *
     * @throws Unavailable if the directory cannot be asked
     */
    Optional<Identity> find(PrefixedName name);

    /**
     * Finds a user or group at a sign-in. If the directory cannot be asked, a directory with a cache returns the
     * identity that it found for this name a short time ago. By default, nothing is cached.
     *
     * @throws Unavailable if the directory cannot be asked and no earlier result is remembered
     */
    default Optional<Identity> findOrRemember(PrefixedName name) {
        return find(name);
    }
}
