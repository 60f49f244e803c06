package dev.kerbearer.bootstrap.start;

import dev.kerbearer.windowsauth.kerberos.UncheckedRealms;
import dev.kerbearer.windowsauth.keytab.KeytabFile;
import dev.kerbearer.windowsauth.keytab.SharedKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Problems in the keytabs that an operator should know. */
final class KeytabReport {

    private KeytabReport() {}

    /**
     * Returns one sentence per problem.
     *
     * @param mapped the realms that have a provider
     * @param transited the realms through which tickets may come unchecked
     */
    static List<String> warnings(List<Path> keytabs, Set<String> mapped, Set<String> transited) {
        List<String> warnings = new ArrayList<>();
        keytabs.forEach(keytab -> ofFile(keytab).ifPresent(warnings::add));
        // Only the key shows which service a ticket is for.
        Set<String> others = SharedKeys.otherNamesIn(keytabs);
        if (!others.isEmpty()) {
            warnings.add("The keytabs hold the same key for an HTTP/ name and for " + String.join(", ", others)
                    + ": a client can send a ticket for the other service here; " + SharedKeys.FIX);
        }
        UncheckedRealms.among(mapped, keytabs, transited)
                .ifPresent(unchecked -> warnings.add(unchecked.what() + ": " + unchecked.fix()));
        return warnings;
    }

    private static Optional<String> ofFile(Path keytab) {
        try {
            Optional<String> fault = KeytabFile.fault(keytab);
            if (fault.isPresent()) {
                return Optional.of(
                        "The keytab " + keytab + " " + fault.get() + "; it is used as soon as it can be read");
            }
            return KeytabFile.othersMayRead(keytab)
                    ? Optional.of("The keytab " + keytab + " can be read by others than its owner: chmod 600 it")
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.of("The keytab " + keytab + " cannot be checked: " + e.getMessage());
        }
    }
}
