package dev.kerbearer.domain.integration;

import dev.kerbearer.domain.identity.Caller;
import dev.kerbearer.domain.refusal.Refusal;
import dev.kerbearer.domain.scope.Scope;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A registered client of the protected APIs, and its access rules.
 *
 * @param id the client id; never changes
 * @param description names and notes for people
 * @param scope the widest scope that anyone may get through it
 * @param terms the terms that the integration overrides
 * @param reuseLeeway the reuse leeway; the system default if absent
 * @param tokens the token form that the integration overrides
 * @param enabled whether it issues grants at all
 * @param access the access rules; if empty, nobody may use it
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
     * @param name the display name of the integration
     * @param text its purpose
     * @param vendor the maker of the client
     * @param url where to read more
     */
    public record Description(String name, String text, String vendor, String url) {}

    /** Copies {@code access}. */
    public ApiIntegration {
        access = List.copyOf(access);
    }

    /** Compares two integrations. The order of the access rules does not count, because it is not stored. */
    public boolean isSame(ApiIntegration other) {
        return Set.copyOf(access).equals(Set.copyOf(other.access))
                && withAccess(other.access).equals(other);
    }

    private ApiIntegration withAccess(List<AccessRule> rules) {
        return new ApiIntegration(id, description, scope, terms, reuseLeeway, tokens, enabled, rules);
    }

    /**
     * Decides whether the caller may have the requested scope, and on which terms. The caller's own rule wins over
     * group rules, even if it is narrower. Of the group rules, only those that cover the request count. The widest of
     * them win. Among these, the most generous rule wins. Equally generous rules give the same terms.
     *
     * @param defaults the system's terms, for those that neither the rule nor the integration sets
     * @throws dev.kerbearer.domain.refusal.RefusedException {@code unauthorized_client} if no rule matches the caller;
     *     {@code invalid_scope} if rules match but none covers the request
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
     * @throws dev.kerbearer.domain.refusal.RefusedException {@code unauthorized_client} if no rule matches the caller
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

    /**
     * Returns each rule for which there is no strictly wider rule. Scopes are partially ordered, so several rules can
     * remain.
     */
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
