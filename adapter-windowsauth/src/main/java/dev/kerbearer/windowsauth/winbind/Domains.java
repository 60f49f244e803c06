package dev.kerbearer.windowsauth.winbind;

import java.util.Optional;

/** Knows the domains that a directory is configured for. */
public interface Domains {

    /**
     * The domain of that name, be it the short or the long one, in small or large letters. Domains of several forests may
     * have the same short name, which is nobody's then.
     *
     * @throws dev.kerbearer.domain.port.Unavailable where a directory that it may be the name of cannot be asked
     */
    Optional<Domain> named(String name);

    /**
     * Whose users have that suffix, if it belongs to the forest of a domain: another domain of that forest that is called
     * so and has a directory, or else the domain that is asked. A suffix of another forest is nobody's: the domain that is
     * asked knows the users of its own forest only, and one of them may have been given such a name.
     *
     * @param asked the domain that says whether a password is right
     * @param suffix what follows the {@code @} of a user principal name
     * @throws dev.kerbearer.domain.port.Unavailable where the directory cannot be asked
     */
    Optional<Domain> ofSuffix(Domain asked, String suffix);
}
