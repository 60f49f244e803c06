package dev.kerbearer.domain.port;

import static dev.kerbearer.domain.Samples.ALICE;
import static dev.kerbearer.domain.Samples.NOW;
import static dev.kerbearer.domain.Samples.integration;
import static dev.kerbearer.domain.Samples.rule;
import static dev.kerbearer.domain.Samples.signIn;
import static dev.kerbearer.domain.port.StorageSamples.REFRESH;
import static dev.kerbearer.domain.port.StorageSamples.SIGN_IN;
import static dev.kerbearer.domain.port.StorageSamples.alice;
import static dev.kerbearer.domain.port.StorageSamples.grant;
import static dev.kerbearer.domain.port.StorageSamples.setUpAt;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.domain.audit.AuditEvent;
import dev.kerbearer.domain.grant.Grant;
import dev.kerbearer.domain.grant.IssuedGrant;
import dev.kerbearer.domain.grant.PresentedRefreshToken;
import dev.kerbearer.domain.grant.PresentedRefreshToken.State;
import dev.kerbearer.domain.grant.Rotation;
import dev.kerbearer.domain.grant.Successor;
import dev.kerbearer.domain.grant.TokenSecret;
import dev.kerbearer.domain.identity.Caller;
import dev.kerbearer.domain.port.Directory.Recognition;
import dev.kerbearer.domain.port.Grants.Issuance;
import dev.kerbearer.domain.signin.SignInDigest;
import dev.kerbearer.domain.version.Basis;
import dev.kerbearer.domain.version.Version;
import dev.kerbearer.domain.version.Versioned;
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

    /** Returns all audit lines so far, oldest first. */
    List<AuditEvent> allAuditLines();

    /** Returns the audit lines since the set-up, oldest first. */
    default List<AuditEvent> auditLines() {
        return StorageSamples.withoutSetUp(allAuditLines());
    }

    /** Runs something while no audit line can be written. */
    void whileAuditFails(Runnable what);

    @BeforeEach
    default void aliceAndTheSampleIntegrationAreThere() {
        identities().put(alice(true, "operators"), setUpAt(NOW));
        integrations().put(integration("certificate:manage", rule(ALICE)), setUpAt(NOW));
    }

    /** Issues and stores a grant. */
    default IssuedGrant issued(String signIn) {
        IssuedGrant issued = grant();
        issue(issued, signIn);
        return issued;
    }

    default void issue(IssuedGrant issued, String signIn) {
        assertThat(issue(issued, signIn(signIn))).isEqualTo(Issuance.RECORDED);
    }

    /** Stores a grant by the current versions. */
    default Issuance issue(IssuedGrant issued, SignInDigest signIn) {
        return grants().issue(issued, basis(issued.grant()), signIn, SIGN_IN);
    }

    /** Returns the current versions. */
    default Basis basis(Grant grant) {
        return basis(integrations(), directory(), grant);
    }

    /** Returns the current versions, and an unused version in place of a missing one. */
    static Basis basis(ApiIntegrations integrations, Directory directory, Grant grant) {
        Version none = new Version(-1);
        Optional<Version> identity = directory.recognise(grant.identity()) instanceof Recognition.Recognised user
                ? user.caller().version()
                : Optional.empty();
        return new Basis(
                integrations.find(grant.client()).map(Versioned::version).orElse(none), identity);
    }

    /** Returns a recognised user, without the version that the storage gave them. */
    static Caller recognised(Recognition recognition) {
        assertThat(recognition).isInstanceOf(Recognition.Recognised.class);
        Caller caller = ((Recognition.Recognised) recognition).caller();
        assertThat(caller.version()).isPresent();
        return new Caller(caller.identity(), caller.name(), caller.groups());
    }

    default Rotation rotate(TokenSecret presented, Grant next, Successor successor, Duration leeway) {
        return grants().rotate(presented.digest(), basis(next), next, successor, leeway, REFRESH);
    }

    default Optional<State> state(TokenSecret token) {
        return grants().findByRefreshToken(token.digest()).map(PresentedRefreshToken::state);
    }

    default Optional<Grant> find(IssuedGrant issued) {
        return grants().findByAccessToken(issued.tokens().access().digest());
    }
}
