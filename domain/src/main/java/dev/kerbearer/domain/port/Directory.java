package dev.kerbearer.domain.port;

import dev.kerbearer.domain.identity.AuthorizationData;
import dev.kerbearer.domain.identity.Caller;
import dev.kerbearer.domain.identity.Identity;
import dev.kerbearer.domain.identity.PrefixedName;
import dev.kerbearer.domain.identity.Principal;
import java.util.Optional;

/** Knows the users and groups of one provider. */
public interface Directory {

    /** What a directory makes of a principal. */
    sealed interface Recognition {

        /** A user who may sign in. */
        record Recognised(Caller caller) implements Recognition {}

        /** A user who may not. */
        record Disabled(Identity identity) implements Recognition {}

        /** A user whose time is over. */
        record Expired(Identity identity) implements Recognition {}

        /** A user who may not before he has changed his password. */
        record MustChangePassword(Identity identity) implements Recognition {}

        /** Nobody of this directory. */
        record Unknown() implements Recognition {}
    }

    /**
     * Whose principal it is.
     *
     * @throws Unavailable where the directory cannot be asked
     */
    Recognition recognise(Principal principal);

    /**
     * Whose principal it is, where its ticket says more of him. A directory believes what its own KDC may say, and asks
     * itself for the rest; one that has no use for any of it goes by the principal.
     *
     * @throws Unavailable where the directory cannot be asked
     */
    default Recognition recognise(Principal principal, AuthorizationData ticket) {
        return recognise(principal);
    }

    /**
     * Whose principal it is at a sign-in: by what his ticket says where it says something.
     *
     * @throws Unavailable where the directory cannot be asked
     */
    default Recognition recognise(Principal principal, Optional<AuthorizationData> ticket) {
        return ticket.map(said -> recognise(principal, said)).orElseGet(() -> recognise(principal));
    }

    /**
     * Who that user is now.
     *
     * @throws Unavailable where the directory cannot be asked
     */
    Recognition recognise(Identity identity);

    /**
     * The user or group of that name.
     *
     * @throws Unavailable where the directory cannot be asked
     */
    Optional<Identity> find(PrefixedName name);

    /**
     * The same for a sign-in, which goes on for those who were here lately: where the directory cannot be asked, whom it
     * found by that name a short time ago.
     *
     * @throws Unavailable where the directory cannot be asked, and nothing is remembered
     */
    default Optional<Identity> findOrRemember(PrefixedName name) {
        return find(name);
    }
}
