package dev.kerbearer.windowsauth.kerberos;

import dev.kerbearer.domain.refusal.Detail;
import dev.kerbearer.windowsauth.kerberos.KerberosAcceptor.Outcome.Rejected;
import dev.kerbearer.windowsauth.keytab.KeyName;
import dev.kerbearer.windowsauth.keytab.KeytabFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Explains why no key of the keytabs opens a ticket: which key it needs, which keys there are, and what to do. */
final class HeldKeys {

    private HeldKeys() {}

    static Rejected explain(KeyName wanted, List<Path> keytabs) {
        List<KeyName> held = new ArrayList<>();
        List<String> unreadable = new ArrayList<>();
        for (Path keytab : keytabs) {
            try {
                held.addAll(KeytabFile.keysIn(keytab));
            } catch (IOException e) {
                unreadable.add(keytab + " cannot be read");
            }
        }
        String all = held.stream().map(KeyName::toString).distinct().collect(Collectors.joining(", "));
        return new Rejected(
                RejectedTicket.WRONG_KEY,
                new Detail("the ticket is for " + wanted + "; the keytabs hold "
                        + (all.isEmpty() ? "no key" : all)
                        + (unreadable.isEmpty() ? "" : "; " + String.join(", ", unreadable))
                        + "; " + fix(wanted, held)));
    }

    /** Returns the fix for the first difference, in the order in which these things usually go wrong. */
    private static String fix(KeyName wanted, List<KeyName> held) {
        List<KeyName> ofName = held.stream()
                .filter(key -> key.principal().equalsIgnoreCase(wanted.principal()))
                .toList();
        if (ofName.isEmpty()) {
            return "no keytab has a key of this principal: the name is registered for another account than the"
                    + " keytab's, or clients call this service by a name that the keytab lacks";
        }
        List<KeyName> ofVersion = ofName.stream()
                .filter(key -> key.version() == wanted.version() || wanted.version() == 0)
                .toList();
        if (ofVersion.isEmpty()) {
            return "the account's password was changed after the keytab was created: create a new keytab";
        }
        if (ofVersion.stream().noneMatch(key -> key.encryptionType() == wanted.encryptionType())) {
            return "the keytab lacks this encryption type: create a new keytab with all types of the account";
        }
        return "the keytab has a different key of this version: the name may be registered for two accounts, or the"
                + " keytab was created with another salt or password";
    }
}
