package dev.kerbearer.application.grant;

import static dev.kerbearer.domain.Samples.ALICE;
import static dev.kerbearer.domain.Samples.CLIENT;
import static dev.kerbearer.domain.Samples.NOW;
import static dev.kerbearer.domain.Samples.ORIGIN;
import static dev.kerbearer.domain.Samples.SETTINGS;
import static dev.kerbearer.domain.Samples.integration;
import static dev.kerbearer.domain.Samples.localName;
import static dev.kerbearer.domain.Samples.rule;
import static dev.kerbearer.domain.Samples.signIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kerbearer.application.upkeep.ForgetGrants;
import dev.kerbearer.application.upkeep.ForgetSignIns;
import dev.kerbearer.domain.audit.AuditEvent;
import dev.kerbearer.domain.audit.Origin;
import dev.kerbearer.domain.grant.Grant;
import dev.kerbearer.domain.grant.IssuedGrant;
import dev.kerbearer.domain.identity.LocalIdentity;
import dev.kerbearer.domain.integration.GrantTerms;
import dev.kerbearer.domain.integration.Validity;
import dev.kerbearer.domain.port.AuditLog.Sighting;
import dev.kerbearer.domain.port.GrantRecords;
import dev.kerbearer.domain.port.InMemoryStorage;
import dev.kerbearer.domain.port.OpaqueTokenCodec;
import dev.kerbearer.domain.port.TokenCodec;
import dev.kerbearer.domain.refusal.Refusal;
import dev.kerbearer.domain.refusal.RefusedException;
import dev.kerbearer.domain.scope.Scope;
import dev.kerbearer.domain.settings.Settings;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Verifying and revoking, and what is forgotten with time. */
class TokenUseCasesTest {

    private static final Origin BEARER = new Origin("127.0.0.1", Origin.Method.BEARER);

    private final TokenCodec codec = new OpaqueTokenCodec();
    private final InMemoryStorage storage = new InMemoryStorage();
    private final IssuedGrant issued = Grant.issue(
            ALICE,
            CLIENT,
            Scope.parse("certificate"),
            new GrantTerms(Validity.ofSeconds(60), Validity.ofSeconds(600), true),
            NOW,
            new SecureRandom()::nextBytes);
    private final String accessToken = issued.tokens().access().reveal();
    private Instant now = NOW;
    private final InstantSource clock = () -> now;

    @BeforeEach
    void aliceHasAGrant() {
        storage.put(new LocalIdentity(localName("alice"), Optional.of(ALICE.guid()), Set.of(), Set.of(), true), NOW);
        storage.put(integration("certificate", rule(ALICE)), NOW);
        storage.issue(
                issued, storage.basis(issued.grant()), signIn("a"), AuditEvent.issued(NOW, ORIGIN, issued.grant()));
    }

    @Test
    void aLiveAccessTokenIsVerified() {
        assertThat(new VerifyToken(codec, storage, clock).verify(accessToken)).isEqualTo(issued.grant());
    }

    @Test
    void anyOtherTokenIsRefusedInTheSameWords() {
        refuses("");
        refuses("nobody's");
        refuses(issued.tokens().refresh().orElseThrow().reveal());
        now = issued.grant().accessExpires();
        refuses(accessToken);
    }

    @Test
    void aRevokedTokenIsGoodNoMore() {
        RevokeGrant revoke = new RevokeGrant(codec, storage, clock);
        assertThat(revoke.revoke(accessToken, BEARER)).contains(issued.grant());
        refuses(accessToken);
        assertThat(revoke.revoke(accessToken, BEARER)).isEmpty();
    }

    @Test
    void anExpiredTokenRevokesNothing() {
        now = issued.grant().accessExpires();
        assertThat(new RevokeGrant(codec, storage, clock).revoke(accessToken, BEARER))
                .isEmpty();
    }

    @Test
    void signInsAreForgottenAfterTwiceTheClockSkewAndAMinute() {
        ForgetSignIns forget = new ForgetSignIns(storage, () -> Duration.ofMinutes(5), clock);
        now = NOW.plus(Duration.ofMinutes(11));
        assertThat(forget.forget()).isZero();
        now = now.plusMillis(1);
        assertThat(forget.forget()).isEqualTo(1);
    }

    @Test
    void allOldSignInsAreForgottenHoweverMany() {
        for (int i = 0; i < 2500; i++) {
            assertThat(storage.signInRefused(
                            signIn("old " + i),
                            AuditEvent.refused(NOW, "alice", ORIGIN, Optional.empty(), Refusal.noAccess())))
                    .isEqualTo(Sighting.FIRST);
        }
        now = NOW.plus(Duration.ofHours(1));
        assertThat(new ForgetSignIns(storage, () -> Duration.ofMinutes(5), clock).forget())
                .isEqualTo(2501);
    }

    @Test
    void aGrantIsForgottenWhenItsRetentionIsOver() {
        ForgetGrants forget = new ForgetGrants(() -> SETTINGS, storage, Duration.ofDays(30), clock);
        now = issued.grant().refreshUntil().plus(Duration.ofDays(30));
        assertThat(forget.forget()).isZero();
        now = now.plusMillis(1);
        assertThat(forget.forget()).isEqualTo(1);
        assertThat(forget.forget()).isZero();
    }

    @Test
    void anUnusedGrantIsForgottenWhenItsRetentionIsOver() {
        Settings settings = new Settings(
                true, SETTINGS.terms(), SETTINGS.reuseLeeway(), SETTINGS.tokens(), Optional.of(Duration.ofSeconds(10)));
        ForgetGrants forget = new ForgetGrants(() -> settings, storage, Duration.ofSeconds(20), clock);
        now = issued.grant().accessExpires().plusSeconds(30);
        assertThat(forget.forget()).isZero();
        now = now.plusMillis(1);
        assertThat(forget.forget()).isEqualTo(1);
    }

    @Test
    void aCallThatForgetsGrantsComesToItsEnd() {
        List<Integer> batches = new ArrayList<>();
        GrantRecords endless = (over, expired, atMost) -> {
            batches.add(atMost);
            return atMost;
        };
        assertThat(new ForgetGrants(() -> SETTINGS, endless, Duration.ZERO, clock).forget())
                .isEqualTo(50_000);
        assertThat(batches).hasSize(50).containsOnly(1000);
    }

    /** A batch that is not full may be one of grants with many tokens. */
    @Test
    void grantsAreForgottenUntilNoneIsLeft() {
        Iterator<Integer> batches = List.of(1000, 7, 1, 0).iterator();
        GrantRecords records = (over, expired, atMost) -> batches.next();
        assertThat(new ForgetGrants(() -> SETTINGS, records, Duration.ZERO, clock).forget())
                .isEqualTo(1008);
        assertThat(batches.hasNext()).isFalse();
    }

    @Test
    void aRetentionIsNotNegative() {
        assertThatThrownBy(() -> new ForgetGrants(() -> SETTINGS, storage, Duration.ofMillis(-1), clock))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT-0.001S");
    }

    private void refuses(String token) {
        assertThatThrownBy(() -> new VerifyToken(codec, storage, clock).verify(token))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.refusal()).isEqualTo(Refusal.invalidToken()));
    }
}
