package dev.kerbearer.domain.settings;

import dev.kerbearer.domain.grant.Grant;
import dev.kerbearer.domain.integration.GrantTerms;
import dev.kerbearer.domain.integration.ReuseLeeway;
import dev.kerbearer.domain.integration.TokenDefaults;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The system's settings.
 *
 * @param integrated whether Windows integrated sign-in gives grants
 * @param terms what neither an access rule nor an integration says
 * @param reuseLeeway what an integration does not say
 * @param tokens the form of access tokens
 * @param unusedExpiry a grant whose access token has been expired for longer counts as expired; absent: never
 */
public record Settings(
        boolean integrated,
        GrantTerms terms,
        ReuseLeeway reuseLeeway,
        TokenDefaults tokens,
        Optional<Duration> unusedExpiry) {

    /** Whether a grant counts as expired at that moment because it was not used. */
    public boolean countsAsUnused(Grant grant, Instant now) {
        return unusedExpiry.filter(expiry -> grant.isUnusedAt(now, expiry)).isPresent();
    }
}
