package dev.kerbearer.windowsauth.doctor;

import dev.kerbearer.windowsauth.kerberos.UncheckedRealms;
import dev.kerbearer.windowsauth.krb5conf.Krb5Conf;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Checks whether krb5.conf can be read and enables no weak encryption, and whether each realm has a provider that knows
 * its users.
 */
record RealmExamination(SetUp setUp) implements Examination {

    @Override
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        examineKrb5Conf(findings);
        for (String realm : Keys.realms(setUp.keytabs())) {
            if (!setUp.mappedRealms().contains(realm)) {
                findings.add(Finding.doubtful(
                        "The realm " + realm + " has a key here but no provider, so its users cannot sign in",
                        "set kerbearer.realms.\"" + realm + "\".provider"));
            }
        }
        UncheckedRealms.among(
                        setUp.mappedRealms(), setUp.keytabs(), setUp.policy().transitedRealms())
                .ifPresent(unchecked -> findings.add(Finding.doubtful(unchecked.what(), unchecked.fix())));
        if (setUp.mappedRealms().isEmpty()) {
            findings.add(Finding.wrong(
                    "No realm is mapped to a provider, so Kerberos users cannot sign in",
                    "set kerbearer.realms.\"<REALM>\".provider"));
        }
        for (String realm : setUp.mappedRealms()) {
            findings.add(
                    realm.equals(realm.toUpperCase(Locale.ROOT))
                            ? Finding.good("The realm " + realm + " has a provider")
                            : Finding.doubtful(
                                    "The realm " + realm
                                            + " is written in lower case, but realm names are case-sensitive",
                                    "write it in upper case, as Active Directory does, in a file or a system"
                                            + " property"));
        }
        return findings;
    }

    private void examineKrb5Conf(List<Finding> findings) {
        try {
            Krb5Conf conf = Krb5Conf.read(setUp.krb5Conf());
            findings.add(Finding.good(setUp.krb5Conf() + " can be read"));
            if (conf.isOn("allow_weak_crypto")) {
                findings.add(Finding.doubtful(
                        setUp.krb5Conf() + " sets allow_weak_crypto, so RC4 and DES tickets are accepted",
                        "remove it, and let every account have AES keys"));
            }
        } catch (IOException e) {
            findings.add(Finding.doubtful(
                    setUp.krb5Conf()
                            + " is missing or cannot be read. Tickets are opened without it; directories and"
                            + " this doctor find KDCs only by DNS",
                    "write one, or start with -Djava.security.krb5.conf=<file>; Java ignores the variable"
                            + " KRB5_CONFIG"));
        }
    }
}
