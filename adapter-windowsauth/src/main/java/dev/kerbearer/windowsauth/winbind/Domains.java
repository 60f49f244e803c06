package dev.kerbearer.windowsauth.winbind;

import java.util.Optional;

/** Knows the domains that a directory is configured for. */
@FunctionalInterface
public interface Domains {

    /**
     * The domain of that name, be it the short or the long one, in small or large letters. Domains of several forests may
     * have the same short name, which is nobody's then.
     *
     * @throws dev.kerbearer.domain.port.Unavailable where a directory that it may be the name of cannot be asked
     */
    Optional<Domain> named(String name);
}
