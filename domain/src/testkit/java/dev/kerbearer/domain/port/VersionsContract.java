package dev.kerbearer.domain.port;

import static dev.kerbearer.domain.Samples.ALICE;
import static dev.kerbearer.domain.Samples.ALICE_PRINCIPAL;
import static dev.kerbearer.domain.Samples.CLIENT;
import static dev.kerbearer.domain.Samples.DEFAULTS;
import static dev.kerbearer.domain.Samples.NOW;
import static dev.kerbearer.domain.Samples.disabled;
import static dev.kerbearer.domain.Samples.integration;
import static dev.kerbearer.domain.Samples.localName;
import static dev.kerbearer.domain.Samples.rule;
import static dev.kerbearer.domain.Samples.signIn;
import static dev.kerbearer.domain.Samples.terms;
import static dev.kerbearer.domain.port.StorageSamples.IMPORT;
import static dev.kerbearer.domain.port.StorageSamples.LONG;
import static dev.kerbearer.domain.port.StorageSamples.RANDOM;
import static dev.kerbearer.domain.port.StorageSamples.REFRESH;
import static dev.kerbearer.domain.port.StorageSamples.SIGN_IN;
import static dev.kerbearer.domain.port.StorageSamples.alice;
import static dev.kerbearer.domain.port.StorageSamples.grant;
import static dev.kerbearer.domain.port.StorageSamples.successorOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.domain.audit.AuditEvent;
import dev.kerbearer.domain.grant.Grant;
import dev.kerbearer.domain.grant.IssuedGrant;
import dev.kerbearer.domain.grant.PresentedRefreshToken.State;
import dev.kerbearer.domain.grant.Rotation;
import dev.kerbearer.domain.grant.TokenSecret;
import dev.kerbearer.domain.identity.Identity;
import dev.kerbearer.domain.identity.LocalIdentity;
import dev.kerbearer.domain.identity.Provider;
import dev.kerbearer.domain.integration.ApiIntegration;
import dev.kerbearer.domain.port.AuditLog.Sighting;
import dev.kerbearer.domain.port.Grants.Issuance;
import dev.kerbearer.domain.scope.Scope;
import dev.kerbearer.domain.version.Basis;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The contract of versions: no grant is issued or refreshed by a rule that has changed since it was read. */
public interface VersionsContract extends StoragePorts {

    @Test
    default void anIntegrationThatChangedAfterItWasReadIssuesNothing() {
        for (ApiIntegration changed : List.of(
                integration("certificate:manage"),
                integration("certificate", rule(ALICE)),
                integration("certificate", terms(60, null, null), rule(ALICE)),
                disabled(integration("certificate", terms(60, null, null), rule(ALICE))))) {
            assertOutdated(() -> integrations().put(changed, IMPORT));
        }
    }

    @Test
    default void anIdentityThatChangedAfterItWasReadGetsNothing() {
        for (LocalIdentity changed : List.of(
                alice(true),
                alice(true, "auditors"),
                new LocalIdentity(localName("alice"), Optional.of(ALICE.guid()), Set.of(), Set.of(), true),
                new LocalIdentity(localName("alicia"), Optional.of(ALICE.guid()), Set.of(), Set.of(), true),
                alice(false))) {
            assertOutdated(() -> identities().put(changed, IMPORT));
        }
    }

    /** Checks that the change makes an earlier basis outdated, and that the attempt leaves nothing behind. */
    private void assertOutdated(Runnable change) {
        IssuedGrant issued = grant();
        Basis before = basis(issued.grant());
        change.run();
        int lines = auditLines().size();
        String signIn = UUID.randomUUID().toString();
        assertThat(grants().issue(issued, before, signIn(signIn), SIGN_IN)).isEqualTo(Issuance.CHANGED);
        assertThat(find(issued)).isEmpty();
        assertThat(auditLines()).hasSize(lines);
        assertThat(auditLog().signInRefused(signIn(signIn), StorageSamples.refused()))
                .as("the sign-in is not used up")
                .isEqualTo(Sighting.FIRST);
    }

    @Test
    default void aPrincipalThatMovesMakesItsFormerIdentityOutdated() {
        assertOutdated(() -> {
            identities()
                    .put(
                            new LocalIdentity(localName("alice"), Optional.of(ALICE.guid()), Set.of(), Set.of(), true),
                            IMPORT);
            identities()
                    .put(
                            new LocalIdentity(
                                    localName("bob"), Optional.empty(), Set.of(ALICE_PRINCIPAL), Set.of(), true),
                            IMPORT);
        });
    }

    @Test
    default void aLocalIdentityWithoutItsVersionGetsNoGrant() {
        IssuedGrant issued = grant();
        Basis basis = new Basis(basis(issued.grant()).integration(), Optional.empty());
        assertThat(grants().issue(issued, basis, signIn("a"), SIGN_IN)).isEqualTo(Issuance.CHANGED);
    }

    @Test
    default void anIdentityOfAnotherDirectoryHasNoVersion() {
        Identity elsewhere = new Identity(new Provider("AD+CORP"), ALICE.guid());
        IssuedGrant issued =
                Grant.issue(elsewhere, CLIENT, Scope.parse("certificate"), DEFAULTS, NOW, RANDOM::nextBytes);
        Basis before = basis(issued.grant());
        identities().put(alice(true), IMPORT);
        assertThat(grants().issue(issued, before, signIn("a"), SIGN_IN)).isEqualTo(Issuance.RECORDED);
    }

    @Test
    default void aRefreshByOutdatedRulesReplacesNothing() {
        IssuedGrant issued = issued("a");
        TokenSecret presented = issued.tokens().refresh().orElseThrow();
        Grant next = issued.grant().refreshed(NOW);
        Basis before = basis(next);
        integrations().put(integration("certificate:manage"), IMPORT);
        int lines = auditLines().size();
        assertThat(grants().rotate(presented.digest(), before, next, successorOf(presented), LONG, REFRESH))
                .isEqualTo(new Rotation.Changed());
        Basis integrationOnly = basis(next);
        identities().put(alice(true), IMPORT);
        assertThat(grants().rotate(presented.digest(), integrationOnly, next, successorOf(presented), LONG, REFRESH))
                .isEqualTo(new Rotation.Changed());
        assertThat(state(presented)).contains(State.LIVE);
        assertThat(auditLines())
                .hasSize(lines + 1)
                .last()
                .isEqualTo(AuditEvent.identityChanged(IMPORT, localName("alice"), ALICE));
        assertThat(rotate(presented, next, successorOf(presented), LONG)).isEqualTo(new Rotation.Rotated(next));
    }

    /** Sign-ins go on while access is withdrawn. A sign-in that starts after the change gets no grant. */
    @Test
    default void noGrantIsIssuedByARuleThatIsGone() throws Exception {
        Basis before = basis(grant().grant());
        AtomicBoolean withdrawn = new AtomicBoolean();
        CountDownLatch issuing = new CountDownLatch(4);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Boolean>> signIns = Stream.generate(
                            () -> threads.submit(() -> isGrantedAfter(withdrawn, before, issuing)))
                    .limit(4)
                    .toList();
            issuing.await();
            integrations().put(integration("certificate:manage"), IMPORT);
            withdrawn.set(true);
            for (Future<Boolean> granted : signIns) {
                assertThat(granted.get()).isFalse();
            }
        } finally {
            threads.shutdown();
        }
    }

    /** Issues grants until the rule is gone, and returns whether a grant was issued after that. */
    private boolean isGrantedAfter(AtomicBoolean withdrawn, Basis before, CountDownLatch issuing) {
        while (true) {
            boolean gone = withdrawn.get();
            IssuedGrant issued = grant();
            Issuance issuance =
                    grants().issue(issued, before, signIn(UUID.randomUUID().toString()), SIGN_IN);
            issuing.countDown();
            if (gone) {
                return issuance == Issuance.RECORDED;
            }
        }
    }
}
