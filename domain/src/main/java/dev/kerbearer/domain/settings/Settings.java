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
 * @param integrated whether Windows integrated sign-in may issue grants
 * @param terms the terms that neither an access rule nor an integration overrides
 * @param reuseLeeway the reuse leeway if an integration sets none
 * @param tokens the defaults for access tokens
 * @param unusedExpiry a grant expires if its access token has been expired for longer than this; absent: never
 */
public record Settings(
        boolean integrated,
        GrantTerms terms,
        ReuseLeeway reuseLeeway,
        TokenDefaults tokens,
        Optional<Duration> unusedExpiry) {

    /** Returns whether a grant counts as expired at the given time because it was not used. */
    public boolean countsAsUnused(Grant grant, Instant now) {
        return unusedExpiry.filter(expiry -> grant.isUnusedAt(now, expiry)).isPresent();
    }
}
