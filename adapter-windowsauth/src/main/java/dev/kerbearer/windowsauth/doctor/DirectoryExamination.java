package dev.kerbearer.windowsauth.doctor;

import dev.kerbearer.domain.port.Unavailable;
import dev.kerbearer.windowsauth.keytab.KeyName;
import dev.kerbearer.windowsauth.ldap.ActiveDirectory;
import dev.kerbearer.windowsauth.ldap.ServiceAccount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Checks whether a directory answers the bind account and whether its base exists. Also checks that each service name
 * of the keytabs has one account, with the key version that the keytabs hold.
 *
 * @param name of the directory in the configuration
 */
record DirectoryExamination(SetUp setUp, String name, ActiveDirectory directory) implements Examination {

    @Override
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        try {
            String base = directory.base();
            findings.add(
                    directory.hasBase()
                            ? Finding.good("The directory " + name + " answers, and has " + base)
                            : Finding.wrong(
                                    "The directory " + name + " answers, but has no " + base,
                                    "correct kerbearer.directories." + name
                                            + ".base, or unset it to search the whole domain"));
            for (String principal : Keys.httpPrincipals(setUp.keytabs())) {
                examine(principal, findings);
            }
        } catch (Unavailable away) {
            findings.add(Finding.wrong(
                    "The directory " + name + " cannot be queried: " + reason(away),
                    "check whether kerbearer.directories." + name + ".url is right and reachable (port 389, or 636 for"
                            + " ldaps), whether the clock is right, and whether the account of the bind works: with"
                            + " Kerberos it is the account of the keytab (.bind.account names another), otherwise"
                            + " .bind.name with .bind.password"));
        }
        return findings;
    }

    static String reason(Unavailable away) {
        Throwable cause = away;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    private void examine(String principal, List<Finding> findings) {
        String service = principal.substring(0, principal.lastIndexOf('@'));
        List<ServiceAccount> accounts = directory.accountsOf(service);
        if (accounts.isEmpty()) {
            findings.add(Finding.doubtful(
                    service + " is not registered for any account of " + name,
                    "setspn -S " + service + " <account> (Samba: samba-tool spn add " + service + " <account>),"
                            + " unless another domain has it"));
        } else if (accounts.size() > 1) {
            String names = accounts.stream().map(ServiceAccount::name).collect(Collectors.joining(", "));
            findings.add(Finding.wrong(
                    service + " is registered for several accounts (" + names + "), so the KDC issues no tickets for"
                            + " it",
                    "setspn -D " + service + " <account> for all but one (Samba: samba-tool spn delete " + service
                            + " <account>)"));
        } else {
            findings.add(versions(principal, service, accounts.get(0)));
            aes(service, accounts.get(0)).ifPresent(findings::add);
        }
    }

    private static Optional<Finding> aes(String service, ServiceAccount account) {
        String words = "The account " + account.name() + " of " + service;
        String fix = "Windows: Set-ADUser " + account.name() + " -KerberosEncryptionType AES128,AES256, then change its"
                + " password; Samba: net ads enctypes set " + account.name() + " 24; then create a new keytab";
        if (account.hasAes().isEmpty()) {
            return Optional.of(Finding.doubtful(
                    words + " has no encryption types set, so the KDC uses the domain's default: if that is RC4,"
                            + " tickets are refused",
                    fix));
        }
        return account.hasAes().get()
                ? Optional.empty()
                : Optional.of(Finding.wrong(words + " has no AES keys, and RC4 is refused", fix));
    }

    private Finding versions(String principal, String service, ServiceAccount account) {
        List<Long> held = Keys.of(setUp.keytabs()).stream()
                .filter(key -> key.principal().equals(principal))
                .map(KeyName::version)
                .distinct()
                .toList();
        Optional<Long> theirs = account.keyVersion();
        String words = service + " belongs to the account " + account.name();
        if (theirs.isEmpty() || held.contains(theirs.get())) {
            return Finding.good(words
                    + theirs.map(version -> ", with key version " + version).orElse(""));
        }
        return Finding.wrong(
                words + ", with key version " + theirs.get() + ", but the keytabs hold " + held,
                "the password was changed later: " + Fixes.keytab(principal));
    }
}
