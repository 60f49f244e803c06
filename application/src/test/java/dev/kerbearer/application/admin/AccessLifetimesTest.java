package dev.kerbearer.application.admin;

import static dev.kerbearer.domain.Samples.SETTINGS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.application.admin.IntegrationDefinition.Rule;
import dev.kerbearer.domain.integration.ApiIntegration.Description;
import dev.kerbearer.domain.integration.ClientId;
import dev.kerbearer.domain.integration.GrantTerms;
import dev.kerbearer.domain.integration.TermsOverride;
import dev.kerbearer.domain.integration.TokenFormat;
import dev.kerbearer.domain.integration.TokenOverride;
import dev.kerbearer.domain.integration.Validity;
import dev.kerbearer.domain.scope.Scope;
import dev.kerbearer.domain.settings.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AccessLifetimesTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);

    private static Settings settings(Duration access, boolean renewable) {
        return new Settings(
                true,
                new GrantTerms(new Validity(access), new Validity(Duration.ofDays(365)), renewable),
                SETTINGS.reuseLeeway(),
                SETTINGS.tokens(),
                Optional.empty());
    }

    private static IntegrationDefinition definition(
            TermsOverride terms, Optional<TokenFormat> format, TermsOverride... rules) {
        List<Rule> access = List.of(rules).stream()
                .map(rule -> new Rule("local:alice", Optional.empty(), rule))
                .toList();
        return new IntegrationDefinition(
                new ClientId("app"),
                new Description("", "", "", ""),
                Scope.parse("certificate"),
                terms,
                Optional.empty(),
                new TokenOverride(format, Optional.empty()),
                true,
                access.isEmpty() ? Optional.empty() : Optional.of(access));
    }

    private static TermsOverride access(Duration life) {
        return new TermsOverride(Optional.of(new Validity(life)), Optional.empty(), Optional.empty());
    }

    private static TermsOverride notRenewable() {
        return new TermsOverride(Optional.empty(), Optional.empty(), Optional.of(false));
    }

    private static Map<String, Duration> tooLong(Settings settings, IntegrationDefinition definition) {
        return AccessLifetimes.tooLong(List.of(definition), settings);
    }

    @Test
    void theDefaultCountsForAnIntegrationThatSetsNothing() {
        IntegrationDefinition plain = definition(TermsOverride.NONE, Optional.empty());
        assertThat(tooLong(settings(Duration.ofDays(90), true), plain)).isEqualTo(Map.of("app", Duration.ofDays(90)));
        assertThat(tooLong(settings(DAY, true), plain)).isEmpty();
        assertThat(tooLong(settings(DAY.plusSeconds(1), true), plain)).hasSize(1);
    }

    @Test
    void theIntegrationsOwnLifetimeWinsOverTheDefault() {
        assertThat(tooLong(settings(Duration.ofDays(90), true), definition(access(HOUR), Optional.empty())))
                .isEmpty();
        assertThat(tooLong(settings(HOUR, true), definition(access(Duration.ofDays(7)), Optional.empty())))
                .isEqualTo(Map.of("app", Duration.ofDays(7)));
    }

    @Test
    void theLongestRuleCounts() {
        assertThat(tooLong(
                        settings(HOUR, true),
                        definition(access(HOUR), Optional.empty(), access(HOUR), access(Duration.ofDays(30)))))
                .isEqualTo(Map.of("app", Duration.ofDays(30)));
        assertThat(tooLong(
                        settings(Duration.ofDays(90), true),
                        definition(TermsOverride.NONE, Optional.empty(), access(HOUR), access(DAY))))
                .isEmpty();
    }

    /** Such a token lives as long as its grant. */
    @Test
    void withoutARefreshTokenTheGrantsLifetimeCounts() {
        assertThat(tooLong(settings(HOUR, true), definition(notRenewable(), Optional.empty())))
                .isEqualTo(Map.of("app", Duration.ofDays(365)));
    }

    @Test
    void aJwtLivesNoLongerThanItsLimit() {
        assertThat(tooLong(
                        settings(Duration.ofDays(90), true),
                        definition(TermsOverride.NONE, Optional.of(TokenFormat.JWT))))
                .isEmpty();
    }
}
