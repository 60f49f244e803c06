package dev.kerbearer.domain.settings;

import static dev.kerbearer.domain.Samples.ALICE;
import static dev.kerbearer.domain.Samples.CLIENT;
import static dev.kerbearer.domain.Samples.DEFAULTS;
import static dev.kerbearer.domain.Samples.NOW;
import static dev.kerbearer.domain.Samples.SETTINGS;
import static dev.kerbearer.domain.Samples.TOKENS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.domain.grant.Grant;
import dev.kerbearer.domain.scope.Scope;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SettingsTest {

    private final Grant grant = Grant.issue(
                    ALICE, CLIENT, Scope.parse("certificate"), DEFAULTS, NOW, new SecureRandom()::nextBytes)
            .grant();

    @Test
    void aGrantCountsAsUnusedAfterTheConfiguredTime() {
        Settings settings =
                new Settings(true, DEFAULTS, SETTINGS.reuseLeeway(), TOKENS, Optional.of(Duration.ofDays(10)));
        Instant last = grant.accessExpires().plus(Duration.ofDays(10));
        assertThat(settings.countsAsUnused(grant, last)).isFalse();
        assertThat(settings.countsAsUnused(grant, last.plusNanos(1))).isTrue();
    }

    @Test
    void withoutTheSettingNoGrantCountsAsUnused() {
        assertThat(SETTINGS.countsAsUnused(grant, grant.refreshUntil())).isFalse();
    }
}
