package dev.kerbearer.windowsauth.ldap;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import dev.kerbearer.domain.identity.Sid;
import dev.kerbearer.domain.port.Unavailable;
import dev.kerbearer.windowsauth.sid.BinarySid;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a domain says about itself: where its users and groups are, its names, and its forest. */
final class NamingContexts {

    static final Filter ANYTHING = Filter.createPresenceFilter("objectClass");

    private static final Filter CROSS_REFERENCES = Filter.createEqualityFilter("objectClass", "crossRef");

    private final LdapConnections connections;
    private final Optional<String> configuredBase;
    private volatile @Nullable Domain domain;
    private volatile @Nullable DomainNames names;
    private volatile @Nullable Forest forest;

    /**
     * The domain.
     *
     * @param root the distinguished name of the whole domain
     * @param base where users and groups are searched
     * @param sid the prefix of the identifiers of its users and groups
     */
    record Domain(String root, String base, Sid sid) {

        boolean hasUnderBase(String dn) {
            try {
                return DN.isDescendantOf(dn, base, true);
            } catch (LDAPException unreadable) {
                throw unreadable(unreadable);
            }
        }
    }

    /** @param configuredBase where users and groups are searched; absent: in the whole domain */
    NamingContexts(LdapConnections connections, Optional<String> configuredBase) {
        this.connections = connections;
        this.configuredBase = configuredBase;
    }

    /** Returns whether the directory answers within that time. */
    boolean answers(Duration within) {
        try {
            connections.search(new SearchRequest("", SearchScope.BASE, ANYTHING, "defaultNamingContext"), within);
            return true;
        } catch (Unavailable away) {
            return false;
        }
    }

    /** Returns the domain, which is looked up once. */
    Domain domain() {
        Domain known = domain;
        if (known == null) {
            known = domainOf(context("defaultNamingContext"));
            domain = known;
        }
        return known;
    }

    private Domain domainOf(String root) {
        return connections.search(root, SearchScope.BASE, ANYTHING, Account.SID).stream()
                .findFirst()
                .flatMap(entry -> Optional.ofNullable(entry.getAttributeValueBytes(Account.SID)))
                .map(sid -> new Domain(root, configuredBase.orElse(root), BinarySid.read(sid)))
                .orElseThrow(() -> strange("the account of the bind may not read the domain's objectSid"));
    }

    private String context(String attribute) {
        return connections.search("", SearchScope.BASE, ANYTHING, attribute).stream()
                .findFirst()
                .flatMap(dse -> Optional.ofNullable(dse.getAttributeValue(attribute)))
                .orElseThrow(() -> strange("it has no " + attribute + ", so it is not an Active Directory"));
    }

    boolean hasBase() {
        return !connections
                .search(domain().base(), SearchScope.BASE, ANYTHING, "objectClass")
                .isEmpty();
    }

    /** Throws if the base does not exist. Otherwise a typo in its name would make every user unknown. */
    void requireBase() {
        if (!hasBase()) {
            throw strange("there is no " + domain().base());
        }
    }

    /** Returns the names of the domain, which are looked up once. */
    DomainNames names() {
        DomainNames known = names;
        if (known == null) {
            known = namesOf(domain().root());
            names = known;
        }
        return known;
    }

    private DomainNames namesOf(String root) {
        return domainsOfForest().stream()
                .filter(entry -> isSame(root, entry.getAttributeValue(DomainNames.ROOT)))
                .findFirst()
                .flatMap(DomainNames::in)
                .orElseThrow(() -> strange("the account of the bind may not read the domain's names"));
    }

    boolean isOnlyDomainOfForest() {
        return domainsOfForest().size() == 1;
    }

    /** Returns the forest's list of domains ([MS-ADTS] section 6.1.1.2.1.1). */
    private List<SearchResultEntry> domainsOfForest() {
        Filter ofDomains = Filter.createANDFilter(CROSS_REFERENCES, Filter.createPresenceFilter(DomainNames.NETBIOS));
        return connections.search(partitions(), SearchScope.SUB, ofDomains, DomainNames.ATTRIBUTES);
    }

    private String partitions() {
        return "CN=Partitions," + configuration();
    }

    private String configuration() {
        return context("configurationNamingContext");
    }

    /**
     * Returns the current forest, because administrators can add suffixes. If the directory is away, returns the last
     * known forest.
     */
    Forest forest() {
        try {
            Forest now = Forest.of(
                    configuration(),
                    domainsOfForest(),
                    connections.search(partitions(), SearchScope.BASE, ANYTHING, Forest.MORE_SUFFIXES));
            forest = now;
            return now;
        } catch (Unavailable away) {
            Forest known = forest;
            if (known == null) {
                throw away;
            }
            return known;
        }
    }

    private static boolean isSame(String dn, @Nullable String other) {
        try {
            return other != null && DN.equals(dn, other);
        } catch (LDAPException unreadable) {
            throw unreadable(unreadable);
        }
    }

    private static Unavailable unreadable(LDAPException name) {
        return strange("it returned a name that cannot be parsed: " + name.getMessage());
    }

    private static Unavailable strange(String what) {
        return new Unavailable("directory", new IllegalStateException(what));
    }
}
