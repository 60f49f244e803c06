package dev.kerbearer.windowsauth.ldap;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import dev.kerbearer.domain.identity.Principal;
import dev.kerbearer.domain.identity.Sid;
import dev.kerbearer.windowsauth.ldap.NamingContexts.Domain;
import dev.kerbearer.windowsauth.sid.BinarySid;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Searches for users and groups of a domain. Names go into filters as values, never as text, so a name cannot change a
 * filter.
 */
final class DomainSearch {

    private static final Filter USERS = Filter.createEqualityFilter("objectClass", "user");
    private static final Filter GROUPS = Filter.createEqualityFilter("objectClass", "group");
    private static final String TOKEN_GROUPS = "tokenGroups";

    /** Limits the length of a filter to what a domain controller accepts. */
    private static final int AT_ONCE = 50;

    private final LdapConnections connections;
    private final NamingContexts contexts;

    DomainSearch(LdapConnections connections, NamingContexts contexts) {
        this.connections = connections;
        this.contexts = contexts;
    }

    /** Returns the accounts of a service principal, from the whole domain and not only under the base. */
    List<ServiceAccount> accountsOf(String service) {
        Filter filter = Filter.createEqualityFilter("servicePrincipalName", service);
        return connections
                .search(
                        contexts.domain().root(),
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
        return only(contexts.domain().root(), Filter.createEqualityFilter(Account.GUID, Account.bytes(guid)));
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
        Domain domain = contexts.domain();
        Optional<Account> found = only(domain.root(), condition).filter(account -> domain.hasUnderBase(account.dn()));
        if (found.isEmpty()) {
            contexts.requireBase();
        }
        return found;
    }

    private Optional<Account> only(String base, Filter condition) {
        List<SearchResultEntry> found =
                connections.search(base, SearchScope.SUB, Filter.createANDFilter(USERS, condition), Account.ATTRIBUTES);
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
        Domain domain = contexts.domain();
        List<SearchResultEntry> found =
                connections.search(domain.root(), SearchScope.SUB, filter, Account.GUID, Account.PRINCIPAL_NAME);
        if (found.size() == 1 && domain.hasUnderBase(found.get(0).getDN()) && isUnambiguous(name, found.get(0))) {
            return Optional.of(Account.guid(Account.bytes(found.get(0), Account.GUID)));
        }
        contexts.requireBase();
        return Optional.empty();
    }

    /**
     * Matches the implicit user principal name too. Every account has one, made of its logon name and the domain's DNS
     * name, even if another is set.
     */
    private Filter userPrincipalName(String name) {
        Filter written = Filter.createEqualityFilter(Account.PRINCIPAL_NAME, name);
        int at = name.lastIndexOf('@');
        return contexts.names().dns().equalsIgnoreCase(name.substring(at + 1))
                ? Filter.createORFilter(written, Filter.createEqualityFilter(Account.NAME, name.substring(0, at)))
                : written;
    }

    /**
     * Returns whether the name belongs to this account only. An implicit name may be set for a user of another domain
     * of the forest, which is not visible here.
     */
    private boolean isUnambiguous(String name, SearchResultEntry found) {
        return !name.contains("@")
                || name.equalsIgnoreCase(found.getAttributeValue(Account.PRINCIPAL_NAME))
                || contexts.isOnlyDomainOfForest();
    }

    /**
     * Returns every group of this domain that the user is in, including nested ones. The directory computes this in a
     * search of base scope only.
     */
    Set<Sid> groupsOf(Account account) {
        List<SearchResultEntry> found =
                connections.search(account.dn(), SearchScope.BASE, NamingContexts.ANYTHING, TOKEN_GROUPS);
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
        Set<Sid> among = new HashSet<>(sids);
        among.removeIf(sid -> !isOwn(sid));
        return among;
    }

    /** Returns whether this domain issued the identifier. */
    boolean isOwn(Sid sid) {
        return sid.isOf(contexts.domain().sid());
    }

    /** Returns the GUID of the group with each identifier; empty if an identifier is not of a group under the base. */
    Map<Sid, Optional<UUID>> groups(Collection<Sid> sids) {
        String base = contexts.domain().base();
        Map<Sid, Optional<UUID>> found = new HashMap<>();
        sids.forEach(sid -> found.put(sid, Optional.empty()));
        List<Sid> all = List.copyOf(sids);
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            List<Filter> some = new ArrayList<>();
            all.subList(from, Math.min(all.size(), from + AT_ONCE))
                    .forEach(sid -> some.add(Filter.createEqualityFilter(Account.SID, BinarySid.write(sid))));
            Filter these = Filter.createANDFilter(GROUPS, Filter.createORFilter(some));
            List<SearchResultEntry> entries =
                    connections.search(base, SearchScope.SUB, these, Account.SID, Account.GUID);
            for (SearchResultEntry entry : entries) {
                found.put(
                        BinarySid.read(Account.bytes(entry, Account.SID)),
                        Optional.of(Account.guid(Account.bytes(entry, Account.GUID))));
            }
        }
        return found;
    }
}
