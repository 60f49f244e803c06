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
 * Finds integrations whose access tokens live for too long. Whoever steals an access token can use it until it expires or
 * somebody revokes its grant. A client with a refresh token gets a new access token without a new sign-in, so a short
 * life costs nothing.
 */
public final class AccessLifetimes {

    /** RFC 6750 section 5.3 recommends an hour or less. More than a day fails most security reviews. */
    public static final Duration LONGEST_ADVISED = Duration.ofDays(1);

    private AccessLifetimes() {}

    /**
     * Returns the longest life of an access token of each integration, if it is longer than {@link #LONGEST_ADVISED}.
     *
     * @param settings the system settings, for what a definition does not set
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

    /** Without a refresh token, an access token lives as long as its grant. */
    private static Validity lifeOf(GrantTerms terms) {
        return terms.renewable() && terms.access().compareTo(terms.grant()) < 0 ? terms.access() : terms.grant();
    }
}
