package dev.kerbearer.windowsauth.ldap;

import com.unboundid.ldap.sdk.SearchResultEntry;
import java.util.Optional;

/**
 * What a domain is called.
 *
 * @param netbios its short name, like {@code CORP}
 * @param dns its long one, like {@code corp.example}
 */
public record DomainNames(String netbios, String dns) {

    static final String ROOT = "nCName";
    static final String NETBIOS = "nETBIOSName";
    static final String[] ATTRIBUTES = {ROOT, NETBIOS, "dnsRoot"};

    /** As the forest's list has it; empty where it is not all there. */
    static Optional<DomainNames> in(SearchResultEntry entry) {
        return Optional.ofNullable(entry.getAttributeValue(NETBIOS))
                .flatMap(netbios -> Optional.ofNullable(entry.getAttributeValue("dnsRoot"))
                        .map(dns -> new DomainNames(netbios, dns)));
    }
}
