package dev.kerbearer.domain.port;

import static dev.kerbearer.domain.Samples.ALICE;
import static dev.kerbearer.domain.Samples.ALICE_PRINCIPAL;
import static dev.kerbearer.domain.Samples.CLIENT;
import static dev.kerbearer.domain.Samples.DEFAULTS;
import static dev.kerbearer.domain.Samples.NOW;
import static dev.kerbearer.domain.Samples.ORIGIN;
import static dev.kerbearer.domain.Samples.localName;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.domain.Samples;
import dev.kerbearer.domain.audit.Act;
import dev.kerbearer.domain.audit.AuditEvent;
import dev.kerbearer.domain.audit.AuditEvent.Action;
import dev.kerbearer.domain.audit.Origin;
import dev.kerbearer.domain.grant.Grant;
import dev.kerbearer.domain.grant.IssuedGrant;
import dev.kerbearer.domain.grant.Successor;
import dev.kerbearer.domain.grant.TokenSecret;
import dev.kerbearer.domain.identity.LocalIdentity;
import dev.kerbearer.domain.integration.Audience;
import dev.kerbearer.domain.integration.TokenForm;
import dev.kerbearer.domain.integration.TokenFormat;
import dev.kerbearer.domain.key.ServerKeys;
import dev.kerbearer.domain.refusal.Refusal;
import dev.kerbearer.domain.scope.Scope;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Grants, identities and audit lines for the contracts of the storage ports. */
final class StorageSamples {

    static final SecureRandom RANDOM = new SecureRandom();
    static final Act.ByHolder SIGN_IN = new Act.ByHolder(ORIGIN, NOW);
    static final Act.ByHolder REFRESH = new Act.ByHolder(new Origin("127.0.0.3", Origin.Method.REFRESH_TOKEN), NOW);
    static final Act.ByHolder BEARER = new Act.ByHolder(new Origin("127.0.0.2", Origin.Method.BEARER), NOW);
    static final Audience AUDIENCE = new Audience("https://api.example");
    static final Duration LONG = Duration.ofMinutes(5);
    static final ServerKeys KEYS = Samples.SERVER_KEYS;
    static final Act.ByName IMPORT = importAt(NOW);
    private static final Origin SET_UP = Origin.ofImport("the set-up of the test");

    private StorageSamples() {}

    static Act.ByName importAt(Instant at) {
        return Act.atTheStart(Origin.ofImport("/etc/kerbearer/import.json"), at);
    }

    static Act.ByName setUpAt(Instant at) {
        return Act.atTheStart(SET_UP, at);
    }

    /** Returns the lines without those that only say what the set-up created or changed. */
    static List<AuditEvent> withoutSetUp(List<AuditEvent> lines) {
        return lines.stream()
                .filter(line -> line.grant().isPresent() || !line.origin().equals(SET_UP))
                .toList();
    }

    /** Returns the same act at another time. */
    static Act.ByHolder at(Instant time, Act.ByHolder act) {
        return new Act.ByHolder(act.origin(), time);
    }

    static LocalIdentity alice(boolean enabled, String... groups) {
        return new LocalIdentity(
                localName("alice"),
                Optional.of(ALICE.guid()),
                Set.of(ALICE_PRINCIPAL),
                Arrays.stream(groups).map(Samples::localName).collect(Collectors.toSet()),
                enabled);
    }

    static IssuedGrant grant() {
        return Grant.issue(
                ALICE,
                CLIENT,
                Scope.parse("certificate:manage"),
                DEFAULTS,
                NOW.minus(Duration.ofMinutes(1)),
                RANDOM::nextBytes);
    }

    static IssuedGrant jwtGrant() {
        return Grant.issue(
                ALICE,
                CLIENT,
                Scope.parse("certificate:manage"),
                DEFAULTS,
                new TokenForm(TokenFormat.JWT, Optional.of(AUDIENCE)),
                Optional.empty(),
                NOW.minus(Duration.ofMinutes(1)),
                RANDOM::nextBytes);
    }

    static Successor successorOf(TokenSecret presented) {
        return Successor.of(presented.reveal(), TokenFormat.OPAQUE, KEYS, RANDOM::nextBytes);
    }

    static AuditEvent event(IssuedGrant issued) {
        return AuditEvent.issued(SIGN_IN, issued.grant());
    }

    static AuditEvent refused() {
        return refusedAt(NOW);
    }

    static AuditEvent refusedAt(Instant at) {
        AuditEvent event = AuditEvent.refused(at, ALICE.toString(), ORIGIN, Optional.of(CLIENT), Refusal.noAccess());
        assertThat(event.action()).isEqualTo(Action.SIGN_IN_REFUSED);
        return event;
    }
}
