package dev.kerbearer.application.admin;

import dev.kerbearer.application.admin.IntegrationDefinition.Rule;
import dev.kerbearer.domain.integration.GrantTerms;
import dev.kerbearer.domain.integration.Validity;
import dev.kerbearer.domain.settings.Settings;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Finds integrations that issue access tokens with a very long lifetime. Anyone who steals an access token can use it
 * until the token expires or its grant is revoked. A client with a refresh token gets a new access token without a new
 * sign-in, so a short lifetime costs nothing.
 */
public final class AccessLifetimes {

    /** RFC 6750 section 5.3 recommends an hour or less. More than a day fails most security reviews. */
    public static final Duration LONGEST_ADVISED = Duration.ofDays(1);

    private AccessLifetimes() {}

    /**
     * Returns the longest lifetime of an access token for each integration, if it is longer than
     * {@link #LONGEST_ADVISED}.
     *
     * @param settings the system settings; they apply where an integration sets no value
     */
    public static SortedMap<String, Duration> tooLong(
            Collection<IntegrationDefinition> definitions, Settings settings) {
        SortedMap<String, Duration> tooLong = new TreeMap<>();
        for (IntegrationDefinition definition : definitions) {
            Duration longest = longest(definition, settings).duration();
            if (longest.compareTo(LONGEST_ADVISED) > 0) {
                tooLong.put(definition.id().value(), longest);
            }
        }
        return tooLong;
    }

    private static Validity longest(IntegrationDefinition definition, Settings settings) {
        GrantTerms own = settings.terms().with(definition.terms());
        Validity life = rules(definition)
                .map(rule -> lifeOf(own.with(rule.terms())))
                .max(Validity::compareTo)
                .orElseGet(() -> lifeOf(own));
        return settings.tokens()
                .longest(settings.tokens().with(definition.tokens()))
                .filter(limit -> limit.compareTo(life) < 0)
                .orElse(life);
    }

    private static Stream<Rule> rules(IntegrationDefinition definition) {
        return definition.access().stream().flatMap(List::stream);
    }

    /** Without a refresh token, an access token is valid as long as its grant. */
    private static Validity lifeOf(GrantTerms terms) {
        return terms.renewable() && terms.access().compareTo(terms.grant()) < 0 ? terms.access() : terms.grant();
    }
}
