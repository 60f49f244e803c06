package dev.kerbearer.domain.grant;

import static dev.kerbearer.domain.Samples.ALICE;
import static dev.kerbearer.domain.Samples.CLIENT;
import static dev.kerbearer.domain.Samples.DEFAULTS;
import static dev.kerbearer.domain.Samples.NOW;
import static dev.kerbearer.domain.Samples.TOKENS;
import static dev.kerbearer.domain.Samples.terms;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kerbearer.domain.integration.Audience;
import dev.kerbearer.domain.integration.GrantTerms;
import dev.kerbearer.domain.integration.TokenDefaults;
import dev.kerbearer.domain.integration.TokenForm;
import dev.kerbearer.domain.integration.TokenFormat;
import dev.kerbearer.domain.integration.TokenOverride;
import dev.kerbearer.domain.integration.Validity;
import dev.kerbearer.domain.key.ServerKey;
import dev.kerbearer.domain.key.ServerKeys;
import dev.kerbearer.domain.scope.Scope;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is special about grants whose access tokens are JWTs. */
class JwtGrantTest {

    private static final Audience API = new Audience("https://api.example");
    private static final TokenForm JWT = new TokenForm(TokenFormat.JWT, Optional.of(API));
    private static final ServerKeys KEYS = new ServerKeys(ServerKey.of(new byte[ServerKey.LENGTH]), List.of());

    @Test
    void anIntegrationsTokenFormatOverridesTheDefault() {
        TokenOverride jwt = new TokenOverride(Optional.of(TokenFormat.JWT), Optional.of(API));
        TokenOverride opaque = new TokenOverride(Optional.of(TokenFormat.OPAQUE), Optional.of(API));
        TokenDefaults jwtDefault = new TokenDefaults(TokenFormat.JWT, TOKENS.longestJwt());
        assertThat(TOKENS.with(TokenOverride.NONE)).isEqualTo(TokenForm.OPAQUE);
        assertThat(TOKENS.with(jwt)).isEqualTo(JWT);
        assertThat(jwtDefault.with(TokenOverride.NONE)).isEqualTo(new TokenForm(TokenFormat.JWT, Optional.empty()));
        assertThat(jwtDefault.with(opaque)).isEqualTo(TokenForm.OPAQUE);
        assertThat(TOKENS.longest(JWT)).contains(TOKENS.longestJwt());
        assertThat(TOKENS.longest(TokenForm.OPAQUE)).isEmpty();
    }

    @Test
    void aFormatHasOneWrittenForm() {
        for (TokenFormat format : TokenFormat.values()) {
            assertThat(TokenFormat.parse(format.toString())).isEqualTo(format);
        }
        assertThatThrownBy(() -> TokenFormat.parse("JWT")).hasMessage("a token format is opaque or jwt, not JWT");
    }

    @Test
    void anAudienceIsPrintableAndForJwtsOnly() {
        assertThat(new Audience("a".repeat(512))).hasToString("a".repeat(512));
        for (String wrong : new String[] {"", "a b", "ä", "a\n", "a".repeat(513)}) {
            assertThatThrownBy(() -> new Audience(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> new TokenForm(TokenFormat.OPAQUE, Optional.of(API)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(new TokenForm(TokenFormat.OPAQUE, Optional.empty())).isEqualTo(TokenForm.OPAQUE);
    }

    @Test
    void aJwtLivesNoLongerThanTheLongestAllowedTime() {
        Grant grant = issue(DEFAULTS).grant();
        assertThat(lifetime(grant)).isEqualTo(Duration.ofHours(1));
        assertThat(grant.refreshUntil())
                .isEqualTo(grant.issuedAt().plus(DEFAULTS.grant().duration()));
        assertThat(lifetime(issue(DEFAULTS.with(terms(60, null, true))).grant()))
                .isEqualTo(Duration.ofSeconds(60));
        assertThat(lifetime(issue(DEFAULTS.with(terms(60, null, false))).grant()))
                .as("with refresh off")
                .isEqualTo(Duration.ofHours(1));
    }

    @Test
    void aRefreshedJwtMayLiveShorterButNotLonger() {
        Grant grant = issue(DEFAULTS).grant();
        assertThat(lifetime(grant.refreshed(NOW.plusSeconds(9), Optional.of(Validity.ofSeconds(60)))))
                .isEqualTo(Duration.ofSeconds(60));
        assertThat(lifetime(grant.refreshed(NOW.plusSeconds(9), Optional.of(Validity.ofSeconds(7200)))))
                .isEqualTo(Duration.ofHours(1));
        assertThat(grant.refreshed(NOW.plusSeconds(9)).form()).isEqualTo(JWT);
    }

    @Test
    void theJtiAloneIsNotTheSameTokenAsTheJwt() {
        TokenPair tokens = issue(DEFAULTS).tokens();
        String jti = tokens.access().reveal();
        assertThat(tokens.accessDigest())
                .isEqualTo(TokenDigest.ofJti(jti))
                .isNotEqualTo(TokenDigest.ofPresented(jti))
                .isNotEqualTo(TokenDigest.ofPresented("\u00ff" + jti))
                .isNotEqualTo(TokenDigest.ofJti(jti + "a"));
    }

    @Test
    void aJtiIsDerivedWithItsOwnLabel() {
        Successor jwt = Successor.of("presented", TokenFormat.JWT, KEYS, bytes -> {});
        Successor opaque = Successor.of("presented", TokenFormat.OPAQUE, KEYS, bytes -> {});
        assertThat(jwt.tokens().access().reveal())
                .isNotEqualTo(opaque.tokens().access().reveal());
        assertThat(jwt.tokens().refresh().orElseThrow().reveal())
                .isEqualTo(opaque.tokens().refresh().orElseThrow().reveal());
        assertThat(Successor.follow("presented", TokenFormat.JWT, List.of(jwt.link()), KEYS)
                        .orElseThrow()
                        .accessDigest())
                .isEqualTo(jwt.tokens().accessDigest())
                .isEqualTo(TokenDigest.ofJti(jwt.tokens().access().reveal()));
    }

    private static Duration lifetime(Grant grant) {
        return Duration.between(grant.accessIssuedAt(), grant.accessExpires());
    }

    private static IssuedGrant issue(GrantTerms terms) {
        return Grant.issue(
                ALICE,
                CLIENT,
                Scope.parse("certificate"),
                terms,
                JWT,
                TOKENS.longest(JWT),
                NOW,
                new SecureRandom()::nextBytes);
    }
}
