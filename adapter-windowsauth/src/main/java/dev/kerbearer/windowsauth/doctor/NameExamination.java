package dev.kerbearer.windowsauth.doctor;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Checks whether the keytabs hold the name that clients use. A client requests a ticket for {@code HTTP/<host of the
 * URL>}, and some clients for the DNS name of that host.
 */
record NameExamination(SetUp setUp) implements Examination {

    @Override
    public List<Finding> findings() {
        String host = setUp.host();
        List<Finding> findings = new ArrayList<>();
        findings.add(principalOf(host, "Clients of " + setUp.publicUrl() + " ask for HTTP/" + host));
        try {
            InetAddress address = InetAddress.getByName(host);
            String canonical = address.getCanonicalHostName().toLowerCase(Locale.ROOT);
            findings.add(Finding.good(host + " is " + address.getHostAddress() + ", which is called " + canonical));
            if (!canonical.equals(host) && !canonical.equals(address.getHostAddress())) {
                Finding other = principalOf(canonical, "Clients that follow the DNS ask for HTTP/" + canonical);
                findings.add(
                        other.verdict() == Finding.Verdict.WRONG
                                ? Finding.doubtful(other.what(), other.fix().orElse(""))
                                : other);
            }
        } catch (UnknownHostException e) {
            findings.add(Finding.doubtful(
                    host + " has no address on this machine; clients may still resolve it",
                    "add it to the DNS, or set kerbearer.public-url to the address that clients use"));
        }
        return findings;
    }

    private Finding principalOf(String host, String words) {
        Set<String> held = Keys.httpPrincipals(setUp.keytabs());
        List<String> ofHost = held.stream()
                .filter(principal -> principal.toLowerCase(Locale.ROOT).startsWith("http/" + host + "@"))
                .toList();
        if (!ofHost.isEmpty()) {
            return setUp.service()
                    .filter(only -> ofHost.stream().noneMatch(principal -> isNamed(principal, only)))
                    .map(only -> Finding.wrong(
                            words + ", but only tickets for " + only + " are accepted",
                            "unset quarkus.kerberos.service-principal-name, or set it to " + ofHost.get(0)))
                    .orElseGet(() -> Finding.good(words + ", and a keytab has it"));
        }
        return Finding.wrong(
                words + ", but no keytab has this principal; they have " + held,
                Fixes.registration("HTTP/" + host) + " and " + Fixes.keytab("HTTP/" + host + "@<REALM>")
                        + ", or set kerbearer.public-url to the address that clients use");
    }

    /** Compares with or without the realm, case-sensitive, as the service does. */
    private static boolean isNamed(String principal, String name) {
        return principal.equals(name) || principal.startsWith(name + "@");
    }
}
