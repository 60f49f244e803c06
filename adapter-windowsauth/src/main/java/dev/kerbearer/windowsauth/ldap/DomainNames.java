package dev.kerbearer.windowsauth.ldap;

import com.unboundid.ldap.sdk.SearchResultEntry;
import java.util.Optional;

/**
 * The names of a domain.
 *
 * @param netbios the short name, like {@code CORP}
 * @param dns the long name, like {@code corp.example}
 */
public record DomainNames(String netbios, String dns) {

    static final String ROOT = "nCName";
    static final String NETBIOS = "nETBIOSName";
    static final String[] ATTRIBUTES = {ROOT, NETBIOS, "dnsRoot"};

    /** Reads the names from an entry of the forest's list; empty if a name is missing. */
    static Optional<DomainNames> in(SearchResultEntry entry) {
        return Optional.ofNullable(entry.getAttributeValue(NETBIOS))
                .flatMap(netbios -> Optional.ofNullable(entry.getAttributeValue("dnsRoot"))
                        .map(dns -> new DomainNames(netbios, dns)));
    }
}
