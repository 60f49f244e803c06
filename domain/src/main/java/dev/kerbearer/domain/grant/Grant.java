package dev.kerbearer.domain.grant;

import dev.kerbearer.domain.identity.Identity;
import dev.kerbearer.domain.integration.ClientId;
import dev.kerbearer.domain.integration.GrantTerms;
import dev.kerbearer.domain.integration.TokenForm;
import dev.kerbearer.domain.integration.Validity;
import dev.kerbearer.domain.scope.Scope;
import dev.kerbearer.domain.secret.SecretSource;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The right of one identity, through one integration, with one scope, for a limited time. Scope and terms are fixed at
 * issue. All times are whole seconds.
 *
 * @param id the id of the grant
 * @param identity the owner of the grant
 * @param client the integration
 * @param scope the granted scope
 * @param renewable whether the grant has a refresh token
 * @param form the form of its access tokens
 * @param issuedAt when the grant was issued
 * @param accessIssuedAt when its live access token was issued
 * @param accessExpires when that token expires; never after {@code refreshUntil}
 * @param refreshUntil when the grant ends; refreshing never extends it
 */
public record Grant(
        GrantId id,
        Identity identity,
        ClientId client,
        Scope scope,
        boolean renewable,
        TokenForm form,
        Instant issuedAt,
        Instant accessIssuedAt,
        Instant accessExpires,
        Instant refreshUntil) {

    /**
     * @throws IllegalArgumentException if the access token would outlive the grant
     */
    public Grant {
        if (accessExpires.isAfter(refreshUntil)) {
            throw new IllegalArgumentException("an access token never outlives its grant");
        }
    }

    /** Issues a new, independent grant with opaque access tokens. */
    public static IssuedGrant issue(
            Identity identity, ClientId client, Scope scope, GrantTerms terms, Instant now, SecretSource secrets) {
        return issue(identity, client, scope, terms, TokenForm.OPAQUE, Optional.empty(), now, secrets);
    }

    /**
     * Issues a new, independent grant and its first tokens. A fraction of a second in {@code now} is dropped.
     *
     * @param form the form of its access tokens
     * @param longest the longest lifetime of an access token, whatever the terms say
     */
    public static IssuedGrant issue(
            Identity identity,
            ClientId client,
            Scope scope,
            GrantTerms terms,
            TokenForm form,
            Optional<Validity> longest,
            Instant now,
            SecretSource secrets) {
        Instant at = now.truncatedTo(ChronoUnit.SECONDS);
        Instant refreshUntil = at.plus(terms.grant().duration());
        Validity access = terms.renewable() ? terms.access() : terms.grant();
        Grant grant = new Grant(
                GrantId.draw(now, secrets),
                identity,
                client,
                scope,
                terms.renewable(),
                form,
                at,
                at,
                earlier(at.plus(shorter(access.duration(), longest)), refreshUntil),
                refreshUntil);
        return new IssuedGrant(grant, TokenPair.draw(secrets, form.format(), terms.renewable()));
    }

    /**
     * Returns the grant with a new access token of the same lifetime as the last one. The end of the grant does not
     * move.
     */
    public Grant refreshed(Instant now) {
        return refreshed(now, Optional.empty());
    }

    /**
     * Returns the grant with a new access token. A fraction of a second in {@code now} is dropped. If this node's clock
     * is behind the clock of the node that issued the last token, both tokens have the same issue time.
     *
     * @param longest the longest lifetime of the token, even if the last token had a longer one
     */
    public Grant refreshed(Instant now, Optional<Validity> longest) {
        Instant at = later(now.truncatedTo(ChronoUnit.SECONDS), accessIssuedAt);
        Duration lifetime = shorter(Duration.between(accessIssuedAt, accessExpires), longest);
        return new Grant(
                id,
                identity,
                client,
                scope,
                renewable,
                form,
                issuedAt,
                at,
                earlier(at.plus(lifetime), refreshUntil),
                refreshUntil);
    }

    private static Duration shorter(Duration wanted, Optional<Validity> longest) {
        return longest.map(Validity::duration)
                .filter(limit -> limit.compareTo(wanted) < 0)
                .orElse(wanted);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /** Returns whether the grant has ended at the given time. */
    public boolean isOverAt(Instant now) {
        return !now.isBefore(refreshUntil);
    }

    /** Returns whether the access token has been expired for longer than {@code unusedExpiry} at the given time. */
    public boolean isUnusedAt(Instant now, Duration unusedExpiry) {
        return accessExpires.plus(unusedExpiry).isBefore(now);
    }

    /** Returns whether the access token is valid at the given time. */
    public boolean accessIsLiveAt(Instant now) {
        return now.isBefore(accessExpires);
    }
}
