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

/** The searches in a domain. Names go into filters as values, never as text, so a name cannot change a filter. */
final class DomainSearch {

    private static final Filter ANYTHING = Filter.createPresenceFilter("objectClass");
    private static final Filter USERS = Filter.createEqualityFilter("objectClass", "user");
    private static final Filter GROUPS = Filter.createEqualityFilter("objectClass", "group");
    private static final Filter CROSS_REFERENCES = Filter.createEqualityFilter("objectClass", "crossRef");
    private static final String TOKEN_GROUPS = "tokenGroups";

    /** Limits the length of a filter to what a domain controller accepts. */
    private static final int AT_ONCE = 50;

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
    record Domain(String root, String base, Sid sid) {}

    DomainSearch(LdapConnections connections, Optional<String> configuredBase) {
        this.connections = connections;
        this.configuredBase = configuredBase;
    }

    /** Returns the domain, which is looked up once. */
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
                .orElseThrow(() -> strange("the account of the bind may not read what the domain is called"));
    }

    /** Returns the forest's list of domains ([MS-ADTS] section 6.1.1.2.1.1). */
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

    /**
     * Returns the current forest, because administrators can add suffixes. If the directory is away, returns the last
     * known forest.
     */
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

    /** Returns whether the directory answers within that time. */
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

    /** Returns the accounts of a service principal, from the whole domain and not only under the base. */
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

    /** Returns the user with that identifier, if it is under the base. */
    Optional<Account> user(Sid sid) {
        return only(Filter.createEqualityFilter(Account.SID, BinarySid.write(sid)));
    }

    /**
     * Returns the user with that GUID, from the whole domain. The base restricts sign-in by name or ticket; a user who
     * is moved out of it is not deleted.
     */
    Optional<Account> user(UUID guid) {
        return only(domain().root(), Filter.createEqualityFilter(Account.GUID, Account.bytes(guid)));
    }

    /**
     * Returns the user that the KDC means by that principal, by logon name or user principal name. A user principal
     * name may have the realm or another suffix, as an enterprise principal (RFC 6806) has too, or no suffix. A KDC
     * issues tickets for {@code alice} to the account with that logon name, and also to an account with the user
     * principal name {@code alice}. If two accounts match, the result is empty.
     */
    Optional<Account> user(Principal principal) {
        if (principal.components().stream().anyMatch(component -> component.contains("/"))) {
            // The directory cannot tell how many components a name with a slash has.
            return Optional.empty();
        }
        String name = String.join("/", principal.components());
        return only(Filter.createORFilter(
                Filter.createEqualityFilter(Account.NAME, name),
                Filter.createEqualityFilter(Account.PRINCIPAL_NAME, name),
                Filter.createEqualityFilter(Account.PRINCIPAL_NAME, name + "@" + principal.realm())));
    }

    /**
     * Searches the whole domain, because an account outside the base also makes a name ambiguous: no user may sign in
     * under another account's name. The account found must be under the base.
     */
    private Optional<Account> only(Filter condition) {
        Optional<Account> found = only(domain().root(), condition).filter(account -> isUnderBase(account.dn()));
        if (found.isEmpty()) {
            theBaseIsThere();
        }
        return found;
    }

    /** Throws if the base does not exist. Otherwise a typo in its name would make every user unknown. */
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

    /**
     * Returns the user or group with that logon name (both share one name space), or the user with that user principal
     * name.
     */
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

    /**
     * Matches the implicit user principal name too. Every account has one, made of its logon name and the domain's DNS
     * name, even if another is set.
     */
    private Filter userPrincipalName(String name) {
        Filter written = Filter.createEqualityFilter(Account.PRINCIPAL_NAME, name);
        int at = name.lastIndexOf('@');
        return names().dns().equalsIgnoreCase(name.substring(at + 1))
                ? Filter.createORFilter(written, Filter.createEqualityFilter(Account.NAME, name.substring(0, at)))
                : written;
    }

    /**
     * Returns whether the name belongs to this account only. An implicit name may be set for a user of another domain
     * of the forest, which is not visible here.
     */
    private boolean isNobodyElses(String name, SearchResultEntry found) {
        return !name.contains("@")
                || name.equalsIgnoreCase(found.getAttributeValue(Account.PRINCIPAL_NAME))
                || domainsOfForest().size() == 1;
    }

    /**
     * Returns every group of this domain that the user is in, including nested ones. The directory computes this in a
     * search of base scope only.
     */
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

    /** Returns the identifiers that this domain issued. */
    Set<Sid> ownAmong(Set<Sid> sids) {
        Sid own = domain().sid();
        Set<Sid> among = new HashSet<>(sids);
        among.removeIf(sid -> !sid.isOf(own));
        return among;
    }

    /** Returns the GUID of the group with each identifier; empty if an identifier is not of a group under the base. */
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
