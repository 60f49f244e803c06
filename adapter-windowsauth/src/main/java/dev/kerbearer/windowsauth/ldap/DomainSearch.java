package dev.kerbearer.windowsauth.ldap;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import dev.kerbearer.domain.identity.Principal;
import dev.kerbearer.domain.identity.Sid;
import dev.kerbearer.domain.port.Unavailable;
import dev.kerbearer.windowsauth.sid.BinarySid;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a domain. Names go into filters as values, never as text, so that nothing in a name is taken for a
 * filter.
 */
final class DomainSearch {

    private static final Filter ANYTHING = Filter.createPresenceFilter("objectClass");
    private static final Filter USERS = Filter.createEqualityFilter("objectClass", "user");
    private static final Filter GROUPS = Filter.createEqualityFilter("objectClass", "group");
    private static final Filter CROSS_REFERENCES = Filter.createEqualityFilter("objectClass", "crossRef");
    private static final String TOKEN_GROUPS = "tokenGroups";

    /** So that no filter is longer than a domain controller takes. */
    private static final int AT_ONCE = 50;

    private final LdapConnections connections;
    private final Optional<String> configuredBase;
    private volatile @Nullable Domain domain;
    private volatile @Nullable DomainNames names;
    private volatile @Nullable Forest forest;

    /**
     * The domain.
     *
     * @param root of all that it has
     * @param base where users and groups are looked for
     * @param sid what the identifiers of its users and groups begin with
     */
    record Domain(String root, String base, Sid sid) {}

    DomainSearch(LdapConnections connections, Optional<String> configuredBase) {
        this.connections = connections;
        this.configuredBase = configuredBase;
    }

    /** The domain, asked for once. */
    Domain domain() {
        Domain known = domain;
        if (known == null) {
            known = domainOf(rootOfDomain());
            domain = known;
        }
        return known;
    }

    private String rootOfDomain() {
        return ask("", SearchScope.BASE, ANYTHING, "defaultNamingContext").stream()
                .findFirst()
                .flatMap(root -> Optional.ofNullable(root.getAttributeValue("defaultNamingContext")))
                .orElseThrow(() -> strange("it names no defaultNamingContext, so it is no Active Directory"));
    }

    private Domain domainOf(String root) {
        return ask(root, SearchScope.BASE, ANYTHING, Account.SID).stream()
                .findFirst()
                .flatMap(entry -> Optional.ofNullable(entry.getAttributeValueBytes(Account.SID)))
                .map(sid -> new Domain(root, configuredBase.orElse(root), BinarySid.read(sid)))
                .orElseThrow(() -> strange("the account of the bind may not read the domain's objectSid"));
    }

    /** What the domain is called, asked for once. */
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
                .orElseThrow(() -> strange("the account of the bind may not read what the domain is called"));
    }

    /** The forest keeps a list of them ([MS-ADTS] section 6.1.1.2.1.1). */
    private List<SearchResultEntry> domainsOfForest() {
        Filter ofDomains = Filter.createANDFilter(CROSS_REFERENCES, Filter.createPresenceFilter(DomainNames.NETBIOS));
        return ask(partitions(), SearchScope.SUB, ofDomains, DomainNames.ATTRIBUTES);
    }

    private String partitions() {
        return "CN=Partitions," + configuration();
    }

    private String configuration() {
        return ask("", SearchScope.BASE, ANYTHING, "configurationNamingContext").stream()
                .findFirst()
                .flatMap(dse -> Optional.ofNullable(dse.getAttributeValue("configurationNamingContext")))
                .orElseThrow(() -> strange("it names no configurationNamingContext, so it is no Active Directory"));
    }

    /** The forest as it is now: its administrators can add suffixes. What was heard last counts where nobody answers. */
    Forest forest() {
        try {
            Forest now = Forest.of(
                    configuration(),
                    domainsOfForest(),
                    ask(partitions(), SearchScope.BASE, ANYTHING, Forest.MORE_SUFFIXES));
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

    private static Unavailable strange(String what) {
        return new Unavailable("directory", new IllegalStateException(what));
    }

    /** Whether the directory answers at all, within that time. */
    boolean answers(Duration within) {
        try {
            connections.search(new SearchRequest("", SearchScope.BASE, ANYTHING, "defaultNamingContext"), within);
            return true;
        } catch (Unavailable away) {
            return false;
        }
    }

    boolean hasBase() {
        return !ask(domain().base(), SearchScope.BASE, ANYTHING, "objectClass").isEmpty();
    }

    /** In the whole domain, wherever users are looked for. */
    List<ServiceAccount> accountsOf(String service) {
        Filter filter = Filter.createEqualityFilter("servicePrincipalName", service);
        return ask(
                        domain().root(),
                        SearchScope.SUB,
                        filter,
                        Account.NAME,
                        ServiceAccount.KEY_VERSION,
                        ServiceAccount.ENCRYPTION_TYPES)
                .stream()
                .map(ServiceAccount::of)
                .toList();
    }

    /** The user of that identifier. */
    Optional<Account> user(Sid sid) {
        return only(Filter.createEqualityFilter(Account.SID, BinarySid.write(sid)));
    }

    /**
     * The user of that GUID, wherever in the domain: the base says who gets in by name or ticket, and who is moved out of
     * it is not deleted.
     */
    Optional<Account> user(UUID guid) {
        return only(domain().root(), Filter.createEqualityFilter(Account.GUID, Account.bytes(guid)));
    }

    /**
     * The user whom the KDC means by that principal: by his logon name, or by his user principal name. That one may be
     * written with the realm's name or another suffix, which an enterprise principal (RFC 6806) has too, or without any:
     * for {@code alice} a KDC gives out tickets to the account of that logon name, and to another that somebody has given
     * the user principal name {@code alice}. Where it could be two, it is nobody.
     */
    Optional<Account> user(Principal principal) {
        if (principal.components().stream().anyMatch(component -> component.contains("/"))) {
            // Of a text with a slash the directory cannot tell how many components it has.
            return Optional.empty();
        }
        String name = String.join("/", principal.components());
        return only(Filter.createORFilter(
                Filter.createEqualityFilter(Account.NAME, name),
                Filter.createEqualityFilter(Account.PRINCIPAL_NAME, name),
                Filter.createEqualityFilter(Account.PRINCIPAL_NAME, name + "@" + principal.realm())));
    }

    /** Whoever is outside the base counts where it could be two: nobody gets in under the name of somebody he is not. */
    private Optional<Account> only(Filter condition) {
        Optional<Account> found = only(domain().root(), condition).filter(account -> isUnderBase(account.dn()));
        if (found.isEmpty()) {
            theBaseIsThere();
        }
        return found;
    }

    /** Otherwise a slip in its name would make nobody of everybody. */
    private void theBaseIsThere() {
        if (!hasBase()) {
            throw strange("there is no " + domain().base());
        }
    }

    private boolean isUnderBase(String dn) {
        try {
            return DN.isDescendantOf(dn, domain().base(), true);
        } catch (LDAPException unreadable) {
            throw unreadable(unreadable);
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
        return strange("it says a name that cannot be read: " + name.getMessage());
    }

    private Optional<Account> only(String base, Filter condition) {
        List<SearchResultEntry> found =
                ask(base, SearchScope.SUB, Filter.createANDFilter(USERS, condition), Account.ATTRIBUTES);
        return found.size() == 1 ? Optional.of(Account.of(found.get(0))) : Optional.empty();
    }

    /** The user or group of that logon name; they share one name space. Or the user of that user principal name. */
    Optional<UUID> named(String name) {
        Filter filter = name.contains("@")
                ? Filter.createANDFilter(USERS, userPrincipalName(name))
                : Filter.createANDFilter(
                        Filter.createORFilter(USERS, GROUPS), Filter.createEqualityFilter(Account.NAME, name));
        List<SearchResultEntry> found =
                ask(domain().root(), SearchScope.SUB, filter, Account.GUID, Account.PRINCIPAL_NAME);
        if (found.size() == 1 && isUnderBase(found.get(0).getDN()) && isNobodyElses(name, found.get(0))) {
            return Optional.of(Account.guid(Account.bytes(found.get(0), Account.GUID)));
        }
        theBaseIsThere();
        return Optional.empty();
    }

    /** Everybody has one that is made of his logon name and the domain's, be another one written down for him or not. */
    private Filter userPrincipalName(String name) {
        Filter written = Filter.createEqualityFilter(Account.PRINCIPAL_NAME, name);
        int at = name.lastIndexOf('@');
        return names().dns().equalsIgnoreCase(name.substring(at + 1))
                ? Filter.createORFilter(written, Filter.createEqualityFilter(Account.NAME, name.substring(0, at)))
                : written;
    }

    /** One that is not written down for him may be for somebody of another domain of the forest, who is not seen here. */
    private boolean isNobodyElses(String name, SearchResultEntry found) {
        return !name.contains("@")
                || name.equalsIgnoreCase(found.getAttributeValue(Account.PRINCIPAL_NAME))
                || domainsOfForest().size() == 1;
    }

    /** Every group of this domain that the user is in, nested ones included; computed for a search of base scope only. */
    Set<Sid> groupsOf(Account account) {
        List<SearchResultEntry> found = ask(account.dn(), SearchScope.BASE, ANYTHING, TOKEN_GROUPS);
        Set<Sid> groups = new HashSet<>();
        for (SearchResultEntry entry : found) {
            byte[][] values = Optional.ofNullable(entry.getAttributeValueByteArrays(TOKEN_GROUPS))
                    .orElseThrow(() -> Account.unreadable(TOKEN_GROUPS));
            for (byte[] value : values) {
                groups.add(BinarySid.read(value));
            }
        }
        return ownAmong(groups);
    }

    /** Those that this domain has given out. */
    Set<Sid> ownAmong(Set<Sid> sids) {
        Sid own = domain().sid();
        Set<Sid> among = new HashSet<>(sids);
        among.removeIf(sid -> !sid.isOf(own));
        return among;
    }

    /** The groups of these identifiers, each with its GUID; who is none of them is nobody. */
    Map<Sid, Optional<UUID>> groups(Collection<Sid> sids) {
        Map<Sid, Optional<UUID>> found = new HashMap<>();
        sids.forEach(sid -> found.put(sid, Optional.empty()));
        List<Sid> all = List.copyOf(sids);
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            List<Filter> some = new ArrayList<>();
            all.subList(from, Math.min(all.size(), from + AT_ONCE))
                    .forEach(sid -> some.add(Filter.createEqualityFilter(Account.SID, BinarySid.write(sid))));
            Filter filter = Filter.createANDFilter(GROUPS, Filter.createORFilter(some));
            for (SearchResultEntry entry : ask(domain().base(), SearchScope.SUB, filter, Account.SID, Account.GUID)) {
                found.put(
                        BinarySid.read(Account.bytes(entry, Account.SID)),
                        Optional.of(Account.guid(Account.bytes(entry, Account.GUID))));
            }
        }
        return found;
    }

    private List<SearchResultEntry> ask(String base, SearchScope scope, Filter filter, String... attributes) {
        return connections.search(new SearchRequest(base, scope, filter, attributes));
    }
}
