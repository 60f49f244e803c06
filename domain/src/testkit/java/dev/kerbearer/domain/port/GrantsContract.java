package dev.kerbearer.domain.port;

import static dev.kerbearer.domain.Samples.ALICE;
import static dev.kerbearer.domain.Samples.CLIENT;
import static dev.kerbearer.domain.Samples.DEFAULTS;
import static dev.kerbearer.domain.Samples.NOW;
import static dev.kerbearer.domain.Samples.disabled;
import static dev.kerbearer.domain.Samples.integration;
import static dev.kerbearer.domain.Samples.localName;
import static dev.kerbearer.domain.Samples.rule;
import static dev.kerbearer.domain.Samples.signIn;
import static dev.kerbearer.domain.Samples.terms;
import static dev.kerbearer.domain.port.StorageSamples.BEARER;
import static dev.kerbearer.domain.port.StorageSamples.IMPORT;
import static dev.kerbearer.domain.port.StorageSamples.KEYS;
import static dev.kerbearer.domain.port.StorageSamples.LONG;
import static dev.kerbearer.domain.port.StorageSamples.RANDOM;
import static dev.kerbearer.domain.port.StorageSamples.alice;
import static dev.kerbearer.domain.port.StorageSamples.at;
import static dev.kerbearer.domain.port.StorageSamples.event;
import static dev.kerbearer.domain.port.StorageSamples.grant;
import static dev.kerbearer.domain.port.StorageSamples.importAt;
import static dev.kerbearer.domain.port.StorageSamples.jwtGrant;
import static dev.kerbearer.domain.port.StorageSamples.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.domain.audit.Act;
import dev.kerbearer.domain.audit.AuditEvent;
import dev.kerbearer.domain.grant.Ending;
import dev.kerbearer.domain.grant.Grant;
import dev.kerbearer.domain.grant.IssuedGrant;
import dev.kerbearer.domain.grant.Rotation;
import dev.kerbearer.domain.grant.Successor;
import dev.kerbearer.domain.grant.TokenDigest;
import dev.kerbearer.domain.grant.TokenSecret;
import dev.kerbearer.domain.identity.Identity;
import dev.kerbearer.domain.identity.Provider;
import dev.kerbearer.domain.integration.ApiIntegration;
import dev.kerbearer.domain.integration.TokenFormat;
import dev.kerbearer.domain.port.AuditLog.Sighting;
import dev.kerbearer.domain.port.Grants.Issuance;
import dev.kerbearer.domain.scope.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The contract of {@link Grants} for issuing, finding, ending and revoking grants. */
public interface GrantsContract extends StoragePorts {

    @Test
    default void aGrantIsFoundByItsAccessTokenOnly() {
        IssuedGrant issued = grant();
        assertThat(issue(issued, signIn("a"))).isEqualTo(Issuance.RECORDED);
        assertThat(find(issued)).contains(issued.grant());
        assertThat(grants().findByAccessToken(
                                issued.tokens().refresh().orElseThrow().digest()))
                .isEmpty();
        assertThat(grants().findByAccessToken(TokenDigest.ofPresented("nobody's")))
                .isEmpty();
    }

    @Test
    default void aGrantWithoutRefreshIsStoredAsWell() {
        IssuedGrant issued = Grant.issue(
                ALICE,
                CLIENT,
                Scope.parse("ssh:b,a;certificate"),
                DEFAULTS.with(terms(1, 2, false)),
                NOW,
                RANDOM::nextBytes);
        issue(issued, "a");
        assertThat(find(issued)).contains(issued.grant());
        assertThat(find(issued).orElseThrow().scope().asGranted()).isEqualTo("ssh:b,a;certificate");
    }

    @Test
    default void aGrantKeepsItsTokenFormAndItsJwtIsFoundByAVerifiedJtiOnly() {
        IssuedGrant issued = jwtGrant();
        issue(issued, "a");
        TokenSecret jti = issued.tokens().access();
        assertThat(grants().findByAccessToken(TokenDigest.ofJti(jti.reveal()))).contains(issued.grant());
        assertThat(grants().findByAccessToken(TokenDigest.ofPresented(jti.reveal())))
                .as("the jti alone")
                .isEmpty();
        TokenSecret presented = issued.tokens().refresh().orElseThrow();
        Successor successor = Successor.of(presented.reveal(), TokenFormat.JWT, KEYS, RANDOM::nextBytes);
        Grant next = issued.grant().refreshed(NOW);
        assertThat(rotate(presented, next, successor, LONG)).isEqualTo(new Rotation.Rotated(next));
        TokenDigest live = TokenDigest.ofJti(successor.tokens().access().reveal());
        assertThat(grants().findByAccessToken(live)).contains(next);
        assertThat(grants().findByAccessToken(TokenDigest.ofJti(jti.reveal())))
                .as("for requests in flight")
                .contains(issued.grant());
        assertThat(grants().revoke(live, BEARER)).contains(next);
    }

    @Test
    default void eachGrantHasAnAuditLine() {
        IssuedGrant issued = issued("a");
        assertThat(auditLines()).containsExactly(event(issued));
    }

    @Test
    default void aSignInGivesOneGrant() {
        IssuedGrant first = grant();
        IssuedGrant second = grant();
        assertThat(issue(first, signIn("a"))).isEqualTo(Issuance.RECORDED);
        assertThat(issue(second, signIn("a"))).isEqualTo(Issuance.REPLAYED);
        assertThat(find(first)).isPresent();
        assertThat(find(second)).isEmpty();
        assertThat(auditLines()).containsExactly(event(first));
    }

    @Test
    default void onlyOneOfManySimultaneousUsesOfASignInGivesAGrant() throws Exception {
        List<IssuedGrant> attempts =
                Stream.generate(StorageSamples::grant).limit(16).toList();
        List<Callable<Issuance>> calls = attempts.stream()
                .<Callable<Issuance>>map(issued -> () -> issue(issued, signIn("a")))
                .toList();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Issuance> outcomes = new ArrayList<>();
            for (Future<Issuance> call : threads.invokeAll(calls)) {
                outcomes.add(call.get());
            }
            assertThat(outcomes)
                    .containsOnlyOnce(Issuance.RECORDED)
                    .filteredOn(Issuance.REPLAYED::equals)
                    .hasSize(15);
        } finally {
            threads.shutdown();
        }
        assertThat(attempts).filteredOn(issued -> find(issued).isPresent()).hasSize(1);
        assertThat(auditLines()).hasSize(1);
    }

    @Test
    default void eachSignInGivesAFurtherGrantAndOlderOnesStay() {
        IssuedGrant first = grant();
        IssuedGrant second = grant();
        issue(first, "a");
        issue(second, "b");
        assertThat(find(first)).isPresent();
        assertThat(find(second)).isPresent();
    }

    @Test
    default void anIntegrationThatIsNotEnabledGivesNoGrant() {
        integrations().put(disabled(integration("certificate", rule(ALICE))), IMPORT);
        IssuedGrant issued = grant();
        assertThat(issue(issued, signIn("a"))).isEqualTo(Issuance.CHANGED);
        assertThat(auditLines()).containsExactly(AuditEvent.integrationChanged(IMPORT, CLIENT));
        assertThat(auditLog().signInRefused(signIn("a"), refused())).isEqualTo(Sighting.FIRST);
    }

    @Test
    default void anIdentityThatIsDisabledGetsNoGrant() {
        identities().put(alice(false), IMPORT);
        IssuedGrant issued = grant();
        assertThat(issue(issued, signIn("a"))).isEqualTo(Issuance.CHANGED);
        assertThat(auditLines()).containsExactly(AuditEvent.identityChanged(IMPORT, localName("alice"), ALICE));
    }

    @Test
    default void anIdentityOfADirectoryNeedsNoLocalIdentity() {
        Identity elsewhere = new Identity(new Provider("AD+CORP"), UUID.randomUUID());
        IssuedGrant issued =
                Grant.issue(elsewhere, CLIENT, Scope.parse("certificate"), DEFAULTS, NOW, RANDOM::nextBytes);
        assertThat(issue(issued, signIn("a"))).isEqualTo(Issuance.RECORDED);
        assertThat(find(issued)).contains(issued.grant());
    }

    @Test
    default void disablingAnIntegrationEndsItsGrantsAndEnablingItRestoresNone() {
        IssuedGrant issued = issued("a");
        ApiIntegration enabled = integration("certificate", rule(ALICE));
        integrations().put(disabled(enabled), IMPORT);
        assertThat(find(issued)).isEmpty();
        integrations().put(enabled, IMPORT);
        assertThat(find(issued)).isEmpty();
    }

    @Test
    default void disablingALocalIdentityEndsItsGrants() {
        IssuedGrant issued = issued("a");
        identities().put(alice(false), IMPORT);
        assertThat(find(issued)).isEmpty();
    }

    @Test
    default void disablingAnIntegrationWritesOneLineForEachGrantThatItEnds() {
        IssuedGrant first = issued("a");
        IssuedGrant second = issued("b");
        IssuedGrant revoked = issued("c");
        grants().revoke(revoked.tokens().access().digest(), BEARER);
        int before = auditLines().size();
        ApiIntegration enabled = integration("certificate", rule(ALICE));
        integrations().put(enabled, IMPORT);
        AuditEvent changed = AuditEvent.integrationChanged(IMPORT, CLIENT);
        assertThat(auditLines())
                .as("nothing is disabled")
                .hasSize(before + 1)
                .last()
                .isEqualTo(changed);
        integrations().put(disabled(enabled), IMPORT);
        integrations().put(disabled(enabled), IMPORT);
        assertThat(auditLines().subList(before, auditLines().size()))
                .containsExactlyInAnyOrder(
                        changed,
                        changed,
                        AuditEvent.integrationDisabled(IMPORT, first.grant()),
                        AuditEvent.integrationDisabled(IMPORT, second.grant()));
    }

    @Test
    default void disablingAnIdentityWritesOneLineForEachGrantThatItEnds() {
        IssuedGrant first = issued("a");
        IssuedGrant second = issued("b");
        IssuedGrant anothers = Grant.issue(
                new Identity(new Provider("AD+CORP"), ALICE.guid()),
                CLIENT,
                Scope.parse("certificate"),
                DEFAULTS,
                NOW,
                RANDOM::nextBytes);
        issue(anothers, "c");
        int before = auditLines().size();
        identities().put(alice(false), IMPORT);
        identities().put(alice(false), IMPORT);
        assertThat(auditLines().subList(before, auditLines().size()))
                .containsExactlyInAnyOrder(
                        AuditEvent.identityChanged(IMPORT, localName("alice"), ALICE),
                        AuditEvent.identityDisabled(IMPORT, first.grant()),
                        AuditEvent.identityDisabled(IMPORT, second.grant()));
        assertThat(find(anothers)).isPresent();
    }

    @Test
    default void disablingAnIdentityWritesNoLineForAnExpiredGrant() {
        IssuedGrant issued = issued("a");
        Act.ByName late = importAt(issued.grant().refreshUntil());
        identities().put(alice(false), late);
        assertThat(auditLines())
                .containsExactly(event(issued), AuditEvent.identityChanged(late, localName("alice"), ALICE));
    }

    @Test
    default void changingAnIntegrationLeavesLiveGrantsAsTheyAre() {
        IssuedGrant issued = issued("a");
        integrations().put(integration("ssh"), IMPORT);
        assertThat(find(issued)).contains(issued.grant());
    }

    @Test
    default void revokingEndsTheGrantOnceAndWritesOneLine() {
        IssuedGrant issued = issued("a");
        TokenDigest token = issued.tokens().access().digest();
        assertThat(grants().revoke(token, BEARER)).contains(issued.grant());
        assertThat(find(issued)).isEmpty();
        assertThat(grants().revoke(token, BEARER)).isEmpty();
        assertThat(auditLines())
                .containsExactly(event(issued), AuditEvent.ended(BEARER, Ending.REVOKED, issued.grant()));
    }

    @Test
    default void anExpiredAccessTokenRevokesNothing() {
        IssuedGrant issued = issued("a");
        Instant late = issued.grant().accessExpires();
        assertThat(grants().revoke(issued.tokens().access().digest(), at(late, BEARER)))
                .isEmpty();
        assertThat(grants().revoke(issued.tokens().access().digest(), at(late.minusSeconds(1), BEARER)))
                .isPresent();
    }
}
