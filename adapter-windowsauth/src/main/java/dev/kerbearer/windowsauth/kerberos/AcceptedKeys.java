package dev.kerbearer.windowsauth.kerberos;

import dev.kerbearer.windowsauth.keytab.HeldKey;
import dev.kerbearer.windowsauth.keytab.Keytab;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Whether keytabs hold a key for which tickets are accepted. Without one, nobody can sign in with Kerberos. */
public final class AcceptedKeys {

    private AcceptedKeys() {}

    /**
     * Returns whether there is such a key now. A keytab that is missing or cannot be read has none.
     *
     * @param only the only accepted service principal; absent: every {@code HTTP/} principal
     */
    public static boolean areIn(List<Path> keytabs, Optional<String> only) {
        List<List<HeldKey>> held =
                keytabs.stream().map(file -> new Keytab(file).keys()).toList();
        return new AcceptedServices(held, only).acceptsAny();
    }
}
