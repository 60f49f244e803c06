package dev.kerbearer.domain.grant;

import dev.kerbearer.domain.identity.Identity;
import dev.kerbearer.domain.integration.ClientId;
import dev.kerbearer.domain.integration.GrantTerms;
import dev.kerbearer.domain.integration.TokenForm;
import dev.kerbearer.domain.integration.Validity;
import dev.kerbearer.domain.secret.SecretSource;
import dev.kerbearer.domain.scope.Scope;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The right of one identity, through one integration, with one scope, for a limited time. Scope and terms are fixed
 * when it is issued. All times are whole seconds.
 *
 * @param id what it is called
 * @param identity whose it is
 * @param client through which integration
 * @param scope as granted
 * @param renewable whether it has a refresh token
 * @param form of its access tokens
 * @param issuedAt when it was issued
 * @param accessIssuedAt when its live access token was issued
 * @param accessExpires from when on that token is good no more; never after {@code refreshUntil}
 * @param refreshUntil when the grant ends; does not slide
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
     * @throws IllegalArgumentException where the access token would outlive the grant
     */
    public Grant {
        if (accessExpires.isAfter(refreshUntil)) {
            throw new IllegalArgumentException("an access token never outlives its grant");
        }
    }

    /** Issues a further, independent grant with opaque access tokens. */
    public static IssuedGrant issue(
            Identity identity, ClientId client, Scope scope, GrantTerms terms, Instant now, SecretSource secrets) {
        return issue(identity, client, scope, terms, TokenForm.OPAQUE, Optional.empty(), now, secrets);
    }

    /**
     * Issues a further, independent grant and its first tokens; a fraction of a second in {@code now} is dropped.
     *
     * @param form of its access tokens
     * @param longest how long an access token is good for at most, whatever the terms say
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

    /** The grant with a fresh access token, of the same lifetime as the one before it; its end does not slide. */
    public Grant refreshed(Instant now) {
        return refreshed(now, Optional.empty());
    }

    /**
     * Likewise; a fraction of a second in {@code now} is dropped. Where the clock of this node is behind that of the one
     * that issued the token before, the new one is issued at the same moment as that.
     *
     * @param longest how long the token is good for at most, whatever the one before it was
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

    /** Whether the grant has come to its end at that moment. */
    public boolean isOverAt(Instant now) {
        return !now.isBefore(refreshUntil);
    }

    /** Whether its access token has been expired for longer than that at that moment. */
    public boolean isUnusedAt(Instant now, Duration unusedExpiry) {
        return accessExpires.plus(unusedExpiry).isBefore(now);
    }

    /** Whether its access token is good at that moment. */
    public boolean accessIsLiveAt(Instant now) {
        return now.isBefore(accessExpires);
    }
}
