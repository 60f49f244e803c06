package dev.kerbearer.domain.integration;

import dev.kerbearer.domain.identity.Caller;
import dev.kerbearer.domain.refusal.Refusal;
import dev.kerbearer.domain.scope.Scope;
import java.util.List;
import java.util.Optional;

/**
 * A registered client of the APIs that Kerbearer guards, and who may use it.
 *
 * @param id never changed
 * @param description names and notes for people
 * @param scope the widest that anyone may get through it
 * @param terms what it says of the terms itself
 * @param reuseLeeway absent: the system default
 * @param tokens what it says of the form of access tokens itself
 * @param enabled whether it gives grants at all
 * @param access who may use it; nobody where it is empty
 */
public record ApiIntegration(
        ClientId id,
        Description description,
        Scope scope,
        TermsOverride terms,
        Optional<ReuseLeeway> reuseLeeway,
        TokenOverride tokens,
        boolean enabled,
        List<AccessRule> access) {

    /**
     * Names and notes for people; nothing depends on them.
     *
     * @param name what people call the integration
     * @param text what it is for
     * @param vendor who makes the client
     * @param url where to read more
     */
    public record Description(String name, String text, String vendor, String url) {}

    /** Copies {@code access}. */
    public ApiIntegration {
        access = List.copyOf(access);
    }

    /**
     * Decides whether this caller may have that scope, and on which terms. His own rule wins over those of his groups,
     * even where it is narrower; among the groups' rules only those that cover the request count, and of these the
     * widest wins, then the most generous. Rules that are equal in all this give the same.
     *
     * @param defaults the system's terms, for what neither rule nor integration says
     * @throws dev.kerbearer.domain.refusal.RefusedException {@code unauthorized_client} where no rule matches the
     *     caller, {@code invalid_scope} where rules match and none covers the request
     */
    public GrantTerms authorize(Caller caller, Scope requested, GrantTerms defaults) {
        List<AccessRule> matching = matching(caller);
        if (!scope.covers(requested)) {
            throw Refusal.scopeWiderThanIntegration().asException();
        }
        List<AccessRule> covering = matching.stream()
                .filter(rule -> rule.within(scope).covers(requested))
                .toList();
        return widest(covering).stream()
                .map(rule -> termsOf(rule, defaults))
                .max(GrantTerms.BY_GENEROSITY)
                .orElseThrow(() -> Refusal.scopeWiderThanAccess().asException());
    }

    /**
     * Checks that the caller may use the integration at all, whatever the scope.
     *
     * @throws dev.kerbearer.domain.refusal.RefusedException {@code unauthorized_client} where no rule matches him
     */
    public void requireAccess(Caller caller) {
        matching(caller);
    }

    private List<AccessRule> matching(Caller caller) {
        Optional<AccessRule> own = access.stream()
                .filter(rule -> rule.trustee().equals(caller.identity()))
                .findFirst();
        List<AccessRule> matching = own.map(List::of)
                .orElseGet(() -> access.stream()
                        .filter(rule -> caller.groups().contains(rule.trustee()))
                        .toList());
        if (matching.isEmpty()) {
            throw Refusal.noAccess().asException();
        }
        return matching;
    }

    /** Those that no other covers with room to spare; covering is a partial order, so several can be left. */
    private List<AccessRule> widest(List<AccessRule> rules) {
        return rules.stream()
                .filter(rule -> rules.stream().noneMatch(other -> isWider(other, rule)))
                .toList();
    }

    private boolean isWider(AccessRule other, AccessRule rule) {
        Scope theirs = other.within(scope);
        Scope its = rule.within(scope);
        return theirs.covers(its) && !its.covers(theirs);
    }

    private GrantTerms termsOf(AccessRule rule, GrantTerms defaults) {
        return defaults.with(terms).with(rule.terms());
    }
}
