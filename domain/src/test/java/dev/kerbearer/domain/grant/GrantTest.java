package dev.kerbearer.domain.grant;

import static dev.kerbearer.domain.Samples.ALICE;
import static dev.kerbearer.domain.Samples.CLIENT;
import static dev.kerbearer.domain.Samples.DEFAULTS;
import static dev.kerbearer.domain.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kerbearer.domain.integration.GrantTerms;
import dev.kerbearer.domain.integration.Validity;
import dev.kerbearer.domain.scope.Scope;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GrantTest {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Instant ISSUED = Instant.parse("2026-11-09T21:07:25Z");

    @Test
    void allTimesCountFromTheSameWholeSecond() {
        Grant grant = issue(100, 1000, true).grant();
        assertThat(grant.issuedAt()).isEqualTo(ISSUED);
        assertThat(grant.accessIssuedAt()).isEqualTo(ISSUED);
        assertThat(grant.accessExpires()).isEqualTo(ISSUED.plusSeconds(100));
        assertThat(grant.refreshUntil()).isEqualTo(ISSUED.plusSeconds(1000));
    }

    @Test
    void anAccessTokenNeverOutlivesItsGrant() {
        Grant grant = issue(1000, 100, true).grant();
        assertThat(grant.accessExpires()).isEqualTo(grant.refreshUntil()).isEqualTo(ISSUED.plusSeconds(100));
        assertThatThrownBy(() -> new Grant(
                        grant.id(),
                        ALICE,
                        CLIENT,
                        grant.scope(),
                        true,
                        grant.form(),
                        ISSUED,
                        ISSUED,
                        ISSUED.plusSeconds(2),
                        ISSUED.plusSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void withoutRefreshTheAccessTokenLivesAsLongAsTheGrant() {
        IssuedGrant issued = issue(100, 1000, false);
        assertThat(issued.grant().accessExpires()).isEqualTo(ISSUED.plusSeconds(1000));
        assertThat(issued.tokens().refresh()).isEmpty();
    }

    @Test
    void aRenewableGrantHasARefreshTokenOfItsOwn() {
        TokenPair tokens = issue(100, 1000, true).tokens();
        assertThat(tokens.refresh())
                .hasValueSatisfying(refresh -> assertThat(refresh.reveal())
                        .isNotEqualTo(tokens.access().reveal()));
    }

    @Test
    void anAccessTokenIsGoodUntilTheSecondItExpires() {
        Grant grant = issue(100, 1000, true).grant();
        assertThat(grant.accessIsLiveAt(ISSUED.plusSeconds(100).minusNanos(1))).isTrue();
        assertThat(grant.accessIsLiveAt(ISSUED.plusSeconds(100))).isFalse();
    }

    @Test
    void aGrantIsUnusedIfItsAccessTokenExpiredLongerAgoThanTheUnusedExpiry() {
        Grant grant = issue(100, 1000, true).grant();
        Duration unusedExpiry = Duration.ofSeconds(60);
        Instant last = ISSUED.plusSeconds(160);
        assertThat(grant.isUnusedAt(last, unusedExpiry)).isFalse();
        assertThat(grant.isUnusedAt(last.plusNanos(1), unusedExpiry)).isTrue();
    }

    @Test
    void aGrantsIdIsAVersion7UuidOfItsTime() {
        GrantId id = issue(1, 1, false).grant().id();
        assertThat(id).hasToString(id.value().toString());
        assertThat(id.value().version()).isEqualTo(7);
        assertThat(id.value().variant()).isEqualTo(2);
        assertThat(id.value().getMostSignificantBits() >>> 16).isEqualTo(NOW.toEpochMilli());
        assertThat(issue(1, 1, false).grant().id())
                .isNotEqualTo(issue(1, 1, false).grant().id());
    }

    @Test
    void theRestOfAGrantsIdIsRandom() {
        String time = "%012x".formatted(NOW.toEpochMilli());
        String begin = time.substring(0, 8) + "-" + time.substring(8);
        assertThat(GrantId.draw(NOW, bytes -> {})).hasToString(begin + "-7000-8000-000000000000");
        assertThat(GrantId.draw(NOW, bytes -> Arrays.fill(bytes, (byte) 0xff)))
                .hasToString(begin + "-7fff-bfff-ffffffffffff");
    }

    @Test
    void aGrantHasTheIdentityTheIntegrationAndTheRequestedScope() {
        Grant grant = Grant.issue(ALICE, CLIENT, Scope.parse("SSH:b,a;certificate"), DEFAULTS, NOW, RANDOM::nextBytes)
                .grant();
        assertThat(grant.identity()).isEqualTo(ALICE);
        assertThat(grant.client()).isEqualTo(CLIENT);
        assertThat(grant.scope().asGranted()).isEqualTo("ssh:b,a;certificate");
        assertThat(grant.renewable()).isTrue();
    }

    @Test
    void byDefaultAnAccessTokenLives90DaysAndAGrant365() {
        Grant grant = Grant.issue(ALICE, CLIENT, Scope.parse("certificate"), DEFAULTS, NOW, RANDOM::nextBytes)
                .grant();
        assertThat(Duration.between(ISSUED, grant.accessExpires())).isEqualTo(Duration.ofDays(90));
        assertThat(Duration.between(ISSUED, grant.refreshUntil())).isEqualTo(Duration.ofDays(365));
    }

    @Test
    void anAccessTokenMayLiveAsLongAsItsGrant() {
        Grant grant = issue(100, 100, true).grant();
        assertThat(grant.accessExpires()).isEqualTo(grant.refreshUntil());
    }

    @Test
    void eachGrantIsIndependentOfOlderOnes() {
        IssuedGrant first = issue(100, 1000, true);
        IssuedGrant second = issue(100, 1000, true);
        assertThat(first.grant().id()).isNotEqualTo(second.grant().id());
        assertThat(first.tokens().access().digest())
                .isNotEqualTo(second.tokens().access().digest());
    }

    /** Each bit of a token comes from the generator: a generator of ones makes a token of ones. */
    @Test
    void tokensConsistOfTheGeneratorsBitsOnly() {
        IssuedGrant issued = Grant.issue(
                ALICE, CLIENT, Scope.parse("certificate"), DEFAULTS, NOW, bytes -> Arrays.fill(bytes, (byte) 0xff));
        assertThat(issued.tokens().access().reveal()).isEqualTo("_".repeat(45) + "w==");
        assertThat(issued.tokens().refresh().orElseThrow().reveal()).isEqualTo("_".repeat(45) + "w==");
    }

    private static IssuedGrant issue(int access, int grant, boolean renewable) {
        GrantTerms terms = new GrantTerms(Validity.ofSeconds(access), Validity.ofSeconds(grant), renewable);
        assertThat(terms.grant().duration()).isEqualTo(Duration.ofSeconds(grant));
        return Grant.issue(ALICE, CLIENT, Scope.parse("certificate"), terms, NOW, RANDOM::nextBytes);
    }
}
