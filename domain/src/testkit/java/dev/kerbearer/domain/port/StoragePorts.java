package dev.kerbearer.domain.port;

import static dev.kerbearer.domain.Samples.ALICE;
import static dev.kerbearer.domain.Samples.NOW;
import static dev.kerbearer.domain.Samples.integration;
import static dev.kerbearer.domain.Samples.rule;
import static dev.kerbearer.domain.Samples.signIn;
import static dev.kerbearer.domain.port.StorageSamples.IMPORT;
import static dev.kerbearer.domain.port.StorageSamples.REFRESH;
import static dev.kerbearer.domain.port.StorageSamples.alice;
import static dev.kerbearer.domain.port.StorageSamples.event;
import static dev.kerbearer.domain.port.StorageSamples.grant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.domain.audit.AuditEvent;
import dev.kerbearer.domain.grant.Grant;
import dev.kerbearer.domain.grant.IssuedGrant;
import dev.kerbearer.domain.grant.PresentedRefreshToken;
import dev.kerbearer.domain.grant.PresentedRefreshToken.State;
import dev.kerbearer.domain.grant.Rotation;
import dev.kerbearer.domain.grant.Successor;
import dev.kerbearer.domain.grant.TokenSecret;
import dev.kerbearer.domain.port.Grants.Issuance;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;

/** The storage under test, and its content before each test. */
public interface StoragePorts {

    Grants grants();

    AuditLog auditLog();

    ApiIntegrations integrations();

    LocalIdentities identities();

    NtlmVerifiers ntlmVerifiers();

    Directory directory();

    Expiring expiring();

    ResourceServers resourceServers();

    SigningKeys signingKeys();

    TrusteeNames trusteeNames();

    /** Returns the audit lines so far, oldest first. */
    List<AuditEvent> auditLines();

    /** Runs something while no audit line can be written. */
    void whileAuditFails(Runnable what);

    @BeforeEach
    default void aliceAndTheSampleIntegrationAreThere() {
        identities().put(alice(true, "operators"), IMPORT);
        integrations().put(integration("certificate:manage", rule(ALICE)), IMPORT);
    }

    /** Issues and stores a grant. */
    default IssuedGrant issued(String signIn) {
        IssuedGrant issued = grant();
        issue(issued, signIn);
        return issued;
    }

    default void issue(IssuedGrant issued, String signIn) {
        assertThat(grants().issue(issued, signIn(signIn), event(issued))).isEqualTo(Issuance.RECORDED);
    }

    default Rotation rotate(TokenSecret presented, Grant next, Successor successor, Duration leeway) {
        return grants().rotate(presented.digest(), next, successor, leeway, REFRESH, NOW);
    }

    default Optional<State> state(TokenSecret token) {
        return grants().findByRefreshToken(token.digest()).map(PresentedRefreshToken::state);
    }

    default Optional<Grant> find(IssuedGrant issued) {
        return grants().findByAccessToken(issued.tokens().access().digest());
    }
}
