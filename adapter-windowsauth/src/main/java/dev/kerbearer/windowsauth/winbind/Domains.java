package dev.kerbearer.windowsauth.winbind;

import java.util.Optional;

/** The domains that have a configured directory. */
public interface Domains {

    /**
     * Returns the domain with that short or long name, ignoring case. If domains of several forests have the same short
     * name, the result is empty.
     *
     * @throws dev.kerbearer.domain.port.Unavailable if a directory whose domain may have the name cannot be asked
     */
    Optional<Domain> named(String name);

    /**
     * Returns the domain of the users with that suffix, if the suffix belongs to the forest of the asked domain. That
     * is a domain of this forest with that name and a directory, or else the asked domain. A suffix of another forest
     * gives an empty result: the asked domain knows users of its own forest only, and one of them may have been given
     * such a name.
     *
     * @param asked the domain that checks the password
     * @param suffix the part after the {@code @} of a user principal name
     * @throws dev.kerbearer.domain.port.Unavailable if the directory cannot be asked
     */
    Optional<Domain> ofSuffix(Domain asked, String suffix);
}
