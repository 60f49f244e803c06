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
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Grants, identities and audit lines for the contracts of the storage ports. */
final class StorageSamples {

    static final SecureRandom RANDOM = new SecureRandom();
    static final Origin REFRESH = new Origin("127.0.0.3", Origin.Method.REFRESH_TOKEN);
    static final Audience AUDIENCE = new Audience("https://api.example");
    static final Duration LONG = Duration.ofMinutes(5);
    static final ServerKeys KEYS = Samples.SERVER_KEYS;
    static final Act IMPORT = importAt(NOW);
    static final Origin BEARER = new Origin("127.0.0.2", Origin.Method.BEARER);

    private StorageSamples() {}

    static Act importAt(Instant at) {
        return Act.atTheStart(Origin.ofImport("/etc/kerbearer/import.json"), at);
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
        return AuditEvent.issued(NOW, ORIGIN, issued.grant());
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
