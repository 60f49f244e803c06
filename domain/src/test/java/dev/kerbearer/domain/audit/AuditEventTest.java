package dev.kerbearer.domain.audit;

import static dev.kerbearer.domain.Samples.ALICE;
import static dev.kerbearer.domain.Samples.CLIENT;
import static dev.kerbearer.domain.Samples.DEFAULTS;
import static dev.kerbearer.domain.Samples.NOW;
import static dev.kerbearer.domain.Samples.ORIGIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.domain.audit.AuditEvent.Action;
import dev.kerbearer.domain.grant.Grant;
import dev.kerbearer.domain.grant.IssuedGrant;
import dev.kerbearer.domain.refusal.Detail;
import dev.kerbearer.domain.refusal.Refusal;
import dev.kerbearer.domain.scope.Scope;
import java.security.SecureRandom;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AuditEventTest {

    private final IssuedGrant issued =
            Grant.issue(ALICE, CLIENT, Scope.parse("certificate"), DEFAULTS, NOW, new SecureRandom()::nextBytes);

    @Test
    void aGrantsLinesSayWhoseItIsAndThroughWhichIntegration() {
        Grant grant = issued.grant();
        assertThat(AuditEvent.issued(NOW, ORIGIN, grant))
                .isEqualTo(new AuditEvent(
                        NOW,
                        Action.GRANT_ISSUED,
                        ALICE.toString(),
                        ORIGIN,
                        Optional.of(CLIENT),
                        Optional.of(grant.id()),
                        "ok"));
        assertThat(AuditEvent.revoked(NOW, ORIGIN, grant).action()).isEqualTo(Action.GRANT_REVOKED);
    }

    @Test
    void aRefusalsLineHasTheDetailThatTheCallerIsNotTold() {
        Refusal refusal = Refusal.signInFailed("the ticket expired", new Detail("an hour ago"));
        assertThat(outcome(refusal))
                .isEqualTo("access_denied: Authentication failed: the ticket expired (an hour ago)");
        assertThat(outcome(Refusal.scopeMissing())).isEqualTo("invalid_scope: The scope is missing or empty");
    }

    @Test
    void aServiceThatActsInTheActorsNameIsNamedInEachLine() {
        Origin through = ORIGIN.through("HTTP/portal.example@A.EXAMPLE");
        assertThat(AuditEvent.issued(NOW, through, issued.grant()).outcome())
                .isEqualTo("ok; delegated to HTTP/portal.example@A.EXAMPLE");
        assertThat(AuditEvent.refused(NOW, "alice@A", through, Optional.empty(), Refusal.noAccess())
                        .outcome())
                .endsWith("access to the API integration; delegated to HTTP/portal.example@A.EXAMPLE");
    }

    @Test
    void aLineNeverHoldsASecret() {
        String access = issued.tokens().access().reveal();
        assertThat(AuditEvent.issued(NOW, ORIGIN, issued.grant()).toString())
                .doesNotContain(access)
                .doesNotContain(issued.tokens().access().digest().sha256().toString());
    }

    private static String outcome(Refusal refusal) {
        return AuditEvent.refused(NOW, "alice@A.EXAMPLE", ORIGIN, Optional.empty(), refusal)
                .outcome();
    }
}
