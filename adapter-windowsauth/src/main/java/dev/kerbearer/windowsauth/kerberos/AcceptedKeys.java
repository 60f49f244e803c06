package dev.kerbearer.windowsauth.kerberos;

import dev.kerbearer.windowsauth.keytab.HeldKey;
import dev.kerbearer.windowsauth.keytab.Keytab;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Tells whether the keytabs have a key for accepted tickets. Without such a key, nobody can sign in with Kerberos. */
public final class AcceptedKeys {

    private AcceptedKeys() {}

    /**
     * Returns whether there is such a key now. A keytab that is missing or cannot be read counts as empty.
     *
     * @param only the only accepted service principal; if absent, every {@code HTTP/} principal is accepted
     */
    public static boolean areIn(List<Path> keytabs, Optional<String> only) {
        List<List<HeldKey>> held =
                keytabs.stream().map(file -> new Keytab(file).keys()).toList();
        return new AcceptedServices(held, only).acceptsAny();
    }
}
