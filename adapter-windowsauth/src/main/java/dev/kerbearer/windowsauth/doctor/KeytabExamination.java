package dev.kerbearer.windowsauth.doctor;

import dev.kerbearer.windowsauth.keytab.EncryptionTypes;
import dev.kerbearer.windowsauth.keytab.KeyName;
import dev.kerbearer.windowsauth.keytab.KeytabFile;
import dev.kerbearer.windowsauth.keytab.SharedKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks whether the keytabs can be read, by their owner only, and what they hold. */
record KeytabExamination(SetUp setUp) implements Examination {

    private static final String MAKE = Fixes.keytab("HTTP/<host>@<REALM>");

    @Override
    public List<Finding> findings() {
        if (setUp.keytabs().isEmpty()) {
            return List.of(Finding.wrong(
                    "No keytab is configured, so no ticket can be opened",
                    MAKE + ", and set quarkus.kerberos.keytab-path to it"));
        }
        List<Finding> findings = new ArrayList<>();
        setUp.keytabs().forEach(keytab -> examine(keytab, findings));
        Set<String> services = Keys.httpPrincipals(setUp.keytabs());
        if (services.isEmpty()) {
            findings.add(Finding.wrong("No keytab has a key of an HTTP/ principal, which clients ask for", MAKE));
        }
        Set<String> others = SharedKeys.otherNamesIn(setUp.keytabs());
        if (!others.isEmpty()) {
            findings.add(Finding.doubtful(
                    "The keytabs hold the same key for an HTTP/ name and for " + String.join(", ", others)
                            + ": a client can send a ticket for the other service here",
                    SharedKeys.FIX));
        }
        return findings;
    }

    private static void examine(Path keytab, List<Finding> findings) {
        try {
            List<KeyName> keys = KeytabFile.keysIn(keytab);
            findings.add(Finding.good(keytab + " holds "
                    + keys.stream().map(KeyName::toString).distinct().collect(Collectors.joining(", "))));
            if (!keys.isEmpty() && keys.stream().allMatch(key -> EncryptionTypes.isWeak(key.encryptionType()))) {
                findings.add(Finding.wrong(
                        keytab + " has keys of weak encryption types only, which are refused",
                        Fixes.aesKeys("<account>", keys.get(0).principal())));
            }
            if (KeytabFile.othersMayRead(keytab)) {
                findings.add(Finding.doubtful(
                        keytab + " can be read by others than its owner, who can then sign in as anybody",
                        "chmod 600 " + keytab));
            }
        } catch (IOException e) {
            findings.add(Finding.wrong(
                    keytab + " is missing, cannot be read by this user, or is no keytab: " + e.getMessage(), MAKE));
        }
    }
}
