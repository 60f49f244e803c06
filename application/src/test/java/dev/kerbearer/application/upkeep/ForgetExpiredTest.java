package dev.kerbearer.application.upkeep;

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

import dev.kerbearer.application.upkeep.ForgetExpired.Outcome;
import dev.kerbearer.domain.audit.Act;
import dev.kerbearer.domain.audit.AuditEvent;
import dev.kerbearer.domain.grant.Grant;
import dev.kerbearer.domain.grant.IssuedGrant;
import dev.kerbearer.domain.guessing.Attempt;
import dev.kerbearer.domain.guessing.ClientAddress;
import dev.kerbearer.domain.identity.LocalIdentity;
import dev.kerbearer.domain.integration.GrantTerms;
import dev.kerbearer.domain.integration.Validity;
import dev.kerbearer.domain.port.AuditLog.Sighting;
import dev.kerbearer.domain.port.Expiring;
import dev.kerbearer.domain.port.Expiring.Expired;
import dev.kerbearer.domain.port.InMemoryStorage;
import dev.kerbearer.domain.refusal.Refusal;
import dev.kerbearer.domain.scope.Scope;
import dev.kerbearer.domain.settings.Settings;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForgetExpiredTest {

    private static final Duration SKEW = Duration.ofMinutes(5);
    private static final Duration RETENTION = Duration.ofDays(30);

    private final InMemoryStorage storage = new InMemoryStorage();
    private final Stub stub = new Stub();
    private Instant now = NOW;

    @Test
    void signInsAreForgottenAfterTwiceTheClockSkewAndAMinute() {
        refused("a");
        now = NOW.plus(Duration.ofMinutes(11));
        assertThat(forgotten("sign-ins")).isZero();
        now = now.plusMillis(1);
        assertThat(forgotten("sign-ins")).isEqualTo(1);
    }

    @Test
    void allOldSignInsAreForgottenHoweverMany() {
        for (int i = 0; i < 2500; i++) {
            refused("old " + i);
        }
        now = NOW.plus(Duration.ofHours(1));
        assertThat(forgotten("sign-ins")).isEqualTo(2500);
    }

    @Test
    void failedSignInsAreForgottenWhenTheyNoLongerCount() {
        Attempt attempt = new Attempt("alice", ClientAddress.of("192.0.2.1"));
        storage.failedSignIns().failed(attempt, false, NOW);
        assertThat(forgotten("failed sign-ins")).isZero();
        now = NOW.plus(Duration.ofMinutes(10));
        assertThat(forgotten("failed sign-ins"))
                .as("the counts of the name and of the address")
                .isEqualTo(2);
    }

    @Test
    void aGrantIsForgottenWhenItsRetentionIsOver() {
        now = issued().refreshUntil().plus(RETENTION);
        assertThat(forgotten("grants")).isZero();
        now = now.plusMillis(1);
        assertThat(forgotten("grants")).isEqualTo(1);
        assertThat(forgotten("grants")).isZero();
    }

    @Test
    void anUnusedGrantIsForgottenWhenItsRetentionIsOver() {
        Settings settings = new Settings(
                true, SETTINGS.terms(), SETTINGS.reuseLeeway(), SETTINGS.tokens(), Optional.of(Duration.ofSeconds(10)));
        ForgetExpired forget =
                new ForgetExpired(storage, () -> SKEW, () -> settings, Duration.ofSeconds(20), () -> now);
        now = issued().accessExpires().plusSeconds(30);
        assertThat(outcome(forget, "grants").forgotten()).isZero();
        now = now.plusMillis(1);
        assertThat(outcome(forget, "grants").forgotten()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "rotation links,  1000",
        "sign-ins,        1000",
        "failed sign-ins, 1000",
        "grants,            50",
    })
    void aRunEndsHoweverManyRecordsCome(String records, int batches) {
        stub.all(atMost -> atMost);
        assertThat(outcome(forget(stub), records).forgotten()).isEqualTo(batches * 1000);
        assertThat(stub.asked(records)).hasSize(batches).containsOnly(1000);
    }

    /** Otherwise a run would go on as long as a few more records expire during each batch. */
    @ParameterizedTest
    @CsvSource({"rotation links", "sign-ins"})
    void aPartialBatchIsTheLastIfRecordsKeepExpiring(String records) {
        Iterator<Integer> batches = List.of(1000, 1000, 500).iterator();
        stub.of(records, atMost -> batches.next());
        assertThat(outcome(forget(stub), records).forgotten()).isEqualTo(2500);
        assertThat(stub.asked(records)).hasSize(3);
    }

    /** A batch of grants with many tokens is partial even if more grants follow. */
    @ParameterizedTest
    @CsvSource({"failed sign-ins", "grants"})
    void onlyAnEmptyBatchIsTheLastIfABatchMayBePartial(String records) {
        Iterator<Integer> batches = List.of(1000, 7, 1, 0).iterator();
        stub.of(records, atMost -> batches.next());
        assertThat(outcome(forget(stub), records).forgotten()).isEqualTo(1008);
        assertThat(batches.hasNext()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"rotation links", "sign-ins", "failed sign-ins", "grants"})
    void aFailureForOneKindOfRecordDoesNotStopTheOthers(String records) {
        RuntimeException failure = new IllegalStateException("no disk");
        Iterator<Integer> once = List.of(3, 0, 0, 0, 0, 0).iterator();
        stub.all(atMost -> 0);
        List<String> others = new ArrayList<>(List.of("rotation links", "sign-ins", "failed sign-ins", "grants"));
        others.remove(records);
        stub.of(others.get(2), atMost -> once.next());
        stub.of(records, atMost -> {
            throw failure;
        });
        ForgetExpired forget = forget(stub);
        assertThat(forget.forget())
                .contains(new Outcome(records, 0, Optional.of(failure)))
                .contains(new Outcome(others.get(2), 3, Optional.empty()));
        stub.of(records, atMost -> 0);
        assertThat(outcome(forget, records).failure())
                .as("the next run tries again")
                .isEmpty();
    }

    @Test
    void anUnreadableClockSkewStopsOnlyTheSignIns() {
        RuntimeException failure = new IllegalStateException("unreadable");
        ForgetExpired forget = new ForgetExpired(
                stub,
                () -> {
                    throw failure;
                },
                () -> SETTINGS,
                RETENTION,
                () -> now);
        assertThat(forget.forget())
                .filteredOn(outcome -> outcome.failure().isPresent())
                .containsExactly(new Outcome("sign-ins", 0, Optional.of(failure)));
    }

    @Test
    void aRunSkipsTheRecordsThatAnotherRunIsStillForgetting() {
        ForgetExpired forget = forget(stub);
        List<Outcome> during = new ArrayList<>();
        stub.of("rotation links", atMost -> 2);
        stub.of("grants", atMost -> {
            if (during.isEmpty()) {
                during.addAll(forget.forget());
            }
            return 0;
        });
        forget.forget();
        assertThat(during)
                .contains(new Outcome("rotation links", 2, Optional.empty()))
                .contains(new Outcome("grants", 0, Optional.empty()));
        assertThat(stub.asked("grants")).as("asked by the first run only").hasSize(1);
    }

    @Test
    void aRetentionIsNotNegative() {
        assertThatThrownBy(
                        () -> new ForgetExpired(storage, () -> SKEW, () -> SETTINGS, Duration.ofMillis(-1), () -> now))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT-0.001S");
    }

    private void refused(String digest) {
        assertThat(storage.signInRefused(
                        signIn(digest), AuditEvent.refused(NOW, "alice", ORIGIN, Optional.empty(), Refusal.noAccess())))
                .isEqualTo(Sighting.FIRST);
    }

    private Grant issued() {
        storage.put(new LocalIdentity(localName("alice"), Optional.of(ALICE.guid()), Set.of(), Set.of(), true), NOW);
        storage.put(integration("certificate", rule(ALICE)), NOW);
        IssuedGrant issued = Grant.issue(
                ALICE,
                CLIENT,
                Scope.parse("certificate"),
                new GrantTerms(Validity.ofSeconds(60), Validity.ofSeconds(600), true),
                NOW,
                new SecureRandom()::nextBytes);
        storage.issue(issued, storage.basis(issued.grant()), signIn("grant"), new Act.ByHolder(ORIGIN, NOW));
        return issued.grant();
    }

    private ForgetExpired forget(Expiring expiring) {
        return new ForgetExpired(expiring, () -> SKEW, () -> SETTINGS, RETENTION, () -> now);
    }

    private int forgotten(String records) {
        return outcome(forget(storage), records).forgotten();
    }

    private static Outcome outcome(ForgetExpired forget, String records) {
        return forget.forget().stream()
                .filter(outcome -> outcome.records().equals(records))
                .findFirst()
                .orElseThrow();
    }

    /** Answers as a test says, and notes the sizes that it was asked for. */
    private static final class Stub implements Expiring {

        private static final Map<Class<?>, String> RECORDS = Map.of(
                Expired.Links.class, "rotation links",
                Expired.SignIns.class, "sign-ins",
                Expired.Failures.class, "failed sign-ins",
                Expired.EndedGrants.class, "grants");

        private final Map<String, IntUnaryOperator> answers = new HashMap<>();
        private final Map<String, List<Integer>> asked = new HashMap<>();

        void all(IntUnaryOperator answer) {
            RECORDS.values().forEach(records -> of(records, answer));
        }

        void of(String records, IntUnaryOperator answer) {
            answers.put(records, answer);
        }

        List<Integer> asked(String records) {
            return asked.getOrDefault(records, List.of());
        }

        @Override
        public int forget(Expired what, int atMost) {
            String records = RECORDS.get(what.getClass());
            asked.computeIfAbsent(records, none -> new ArrayList<>()).add(atMost);
            return answers.getOrDefault(records, none -> 0).applyAsInt(atMost);
        }
    }
}
