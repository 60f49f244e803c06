package dev.kerbearer.domain.grant;

import dev.kerbearer.domain.identity.Identity;
import dev.kerbearer.domain.integration.ClientId;
import dev.kerbearer.domain.integration.GrantTerms;
import dev.kerbearer.domain.port.SecretSource;
import dev.kerbearer.domain.scope.Scope;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The right of one identity, through one integration, with one scope, for a limited time. Scope and terms are fixed
 * when it is issued. All times are whole seconds.
 *
 * @param id what it is called
 * @param identity whose it is
 * @param client through which integration
 * @param scope as granted
 * @param renewable whether it has a refresh token
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

    /** Issues a further, independent grant and its first tokens; a fraction of a second in {@code now} is dropped. */
    public static IssuedGrant issue(
            Identity identity, ClientId client, Scope scope, GrantTerms terms, Instant now, SecretSource secrets) {
        Instant at = now.truncatedTo(ChronoUnit.SECONDS);
        Instant refreshUntil = at.plus(terms.grant().duration());
        Instant accessExpires = terms.renewable() ? at.plus(terms.access().duration()) : refreshUntil;
        Grant grant = new Grant(
                GrantId.draw(now, secrets),
                identity,
                client,
                scope,
                terms.renewable(),
                at,
                at,
                accessExpires.isAfter(refreshUntil) ? refreshUntil : accessExpires,
                refreshUntil);
        return new IssuedGrant(grant, TokenPair.draw(secrets, terms.renewable()));
    }

    /**
     * The grant with a fresh access token, of the same lifetime as the one before it; its end does not slide. A
     * fraction of a second in {@code now} is dropped.
     */
    public Grant refreshed(Instant now) {
        Instant at = now.truncatedTo(ChronoUnit.SECONDS);
        Instant expires = at.plus(Duration.between(accessIssuedAt, accessExpires));
        return new Grant(
                id,
                identity,
                client,
                scope,
                renewable,
                issuedAt,
                at,
                expires.isAfter(refreshUntil) ? refreshUntil : expires,
                refreshUntil);
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
