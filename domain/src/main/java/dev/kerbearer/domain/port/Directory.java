package dev.kerbearer.domain.port;

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
}
