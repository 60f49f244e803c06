package dev.kerbearer.domain.port;

import static dev.kerbearer.domain.Samples.ALICE;
import static dev.kerbearer.domain.Samples.ALICE_PRINCIPAL;
import static dev.kerbearer.domain.Samples.CLIENT;
import static dev.kerbearer.domain.Samples.DEFAULTS;
import static dev.kerbearer.domain.Samples.NOW;
import static dev.kerbearer.domain.Samples.ORIGIN;
import static dev.kerbearer.domain.Samples.disabled;
import static dev.kerbearer.domain.Samples.integration;
import static dev.kerbearer.domain.Samples.localName;
import static dev.kerbearer.domain.Samples.rule;
import static dev.kerbearer.domain.Samples.signIn;
import static dev.kerbearer.domain.Samples.terms;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kerbearer.domain.Samples;
import dev.kerbearer.domain.audit.AuditEvent;
import dev.kerbearer.domain.audit.AuditEvent.Action;
import dev.kerbearer.domain.audit.Origin;
import dev.kerbearer.domain.grant.Grant;
import dev.kerbearer.domain.grant.IssuedGrant;
import dev.kerbearer.domain.grant.TokenDigest;
import dev.kerbearer.domain.identity.Identity;
import dev.kerbearer.domain.identity.LocalIdentity;
import dev.kerbearer.domain.identity.Principal;
import dev.kerbearer.domain.identity.Provider;
import dev.kerbearer.domain.integration.ApiIntegration;
import dev.kerbearer.domain.integration.ClientId;
import dev.kerbearer.domain.port.AuditLog.Sighting;
import dev.kerbearer.domain.port.Directory.Recognition;
import dev.kerbearer.domain.port.Grants.Issuance;
import dev.kerbearer.domain.refusal.Refusal;
import dev.kerbearer.domain.scope.Scope;
import dev.kerbearer.domain.signin.SignInDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every implementation of the storage ports keeps to. */
public abstract class StorageContract {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Origin BEARER = new Origin("127.0.0.2", Origin.Method.BEARER);

    protected abstract Grants grants();

    protected abstract AuditLog auditLog();

    protected abstract ApiIntegrations integrations();

    protected abstract LocalIdentities identities();

    protected abstract Directory directory();

    protected abstract SignInRecords signInRecords();

    /** What was written down so far, oldest first. */
    protected abstract List<AuditEvent> auditLines();

    @BeforeEach
    void aliceAndTheSampleIntegrationAreThere() {
        identities().put(alice(true, "operators"), NOW);
        integrations().put(integration("certificate:manage", rule(ALICE)), NOW);
    }

    // Grants

    @Test
    void aGrantIsFoundByItsAccessTokenOnly() {
        IssuedGrant issued = grant();
        assertThat(grants().issue(issued, signIn("a"), event(issued))).isEqualTo(Issuance.RECORDED);
        assertThat(find(issued)).contains(issued.grant());
        assertThat(grants().findByAccessToken(
                                issued.tokens().refresh().orElseThrow().digest()))
                .isEmpty();
        assertThat(grants().findByAccessToken(TokenDigest.ofPresented("nobody's")))
                .isEmpty();
    }

    @Test
    void aGrantWithoutRefreshIsStoredAsWell() {
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
    void anAuditLineStandsBesideEachGrant() {
        IssuedGrant issued = grant();
        issue(issued, "a");
        assertThat(auditLines()).containsExactly(event(issued));
    }

    @Test
    void aSignInGivesOneGrant() {
        IssuedGrant first = grant();
        IssuedGrant second = grant();
        assertThat(grants().issue(first, signIn("a"), event(first))).isEqualTo(Issuance.RECORDED);
        assertThat(grants().issue(second, signIn("a"), event(second))).isEqualTo(Issuance.REPLAYED);
        assertThat(find(first)).isPresent();
        assertThat(find(second)).isEmpty();
        assertThat(auditLines()).containsExactly(event(first));
    }

    @Test
    void ofManySimultaneousUsesOfASignInOneGivesAGrant() throws Exception {
        List<IssuedGrant> attempts =
                Stream.generate(StorageContract::grant).limit(16).toList();
        List<Callable<Issuance>> calls = attempts.stream()
                .<Callable<Issuance>>map(issued -> () -> grants().issue(issued, signIn("a"), event(issued)))
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
    void eachSignInGivesAFurtherGrantAndOlderOnesStay() {
        IssuedGrant first = grant();
        IssuedGrant second = grant();
        issue(first, "a");
        issue(second, "b");
        assertThat(find(first)).isPresent();
        assertThat(find(second)).isPresent();
    }

    @Test
    void anIntegrationThatIsNotEnabledGivesNoGrant() {
        integrations().put(disabled(integration("certificate", rule(ALICE))), NOW);
        IssuedGrant issued = grant();
        assertThat(grants().issue(issued, signIn("a"), event(issued))).isEqualTo(Issuance.INTEGRATION_ENDED);
        assertThat(auditLines()).isEmpty();
        assertThat(auditLog().signInRefused(signIn("a"), refused())).isEqualTo(Sighting.FIRST);
    }

    @Test
    void anIdentityThatIsDisabledGetsNoGrant() {
        identities().put(alice(false), NOW);
        IssuedGrant issued = grant();
        assertThat(grants().issue(issued, signIn("a"), event(issued))).isEqualTo(Issuance.IDENTITY_ENDED);
        assertThat(auditLines()).isEmpty();
    }

    @Test
    void anIdentityOfADirectoryNeedsNoLocalOne() {
        Identity elsewhere = new Identity(new Provider("AD+CORP"), UUID.randomUUID());
        IssuedGrant issued =
                Grant.issue(elsewhere, CLIENT, Scope.parse("certificate"), DEFAULTS, NOW, RANDOM::nextBytes);
        assertThat(grants().issue(issued, signIn("a"), event(issued))).isEqualTo(Issuance.RECORDED);
        assertThat(find(issued)).contains(issued.grant());
    }

    @Test
    void disablingAnIntegrationEndsItsGrantsAndEnablingItBringsNoneBack() {
        IssuedGrant issued = grant();
        issue(issued, "a");
        ApiIntegration enabled = integration("certificate", rule(ALICE));
        integrations().put(disabled(enabled), NOW);
        assertThat(find(issued)).isEmpty();
        integrations().put(enabled, NOW);
        assertThat(find(issued)).isEmpty();
    }

    @Test
    void disablingALocalIdentityEndsItsGrants() {
        IssuedGrant issued = grant();
        issue(issued, "a");
        identities().put(alice(false), NOW);
        assertThat(find(issued)).isEmpty();
    }

    @Test
    void changingAnIntegrationLeavesLiveGrantsAsTheyAre() {
        IssuedGrant issued = grant();
        issue(issued, "a");
        integrations().put(integration("ssh"), NOW);
        assertThat(find(issued)).contains(issued.grant());
    }

    @Test
    void revokingEndsTheGrantOnceAndWritesItDown() {
        IssuedGrant issued = grant();
        issue(issued, "a");
        TokenDigest token = issued.tokens().access().digest();
        assertThat(grants().revoke(token, BEARER, NOW)).contains(issued.grant());
        assertThat(find(issued)).isEmpty();
        assertThat(grants().revoke(token, BEARER, NOW)).isEmpty();
        assertThat(auditLines()).containsExactly(event(issued), AuditEvent.revoked(NOW, BEARER, issued.grant()));
    }

    @Test
    void anExpiredAccessTokenRevokesNothing() {
        IssuedGrant issued = grant();
        issue(issued, "a");
        Instant late = issued.grant().accessExpires();
        assertThat(grants().revoke(issued.tokens().access().digest(), BEARER, late))
                .isEmpty();
        assertThat(grants().revoke(issued.tokens().access().digest(), BEARER, late.minusSeconds(1)))
                .isPresent();
    }

    // Sign-ins

    @Test
    void aRefusedSignInIsUsedUp() {
        assertThat(auditLog().signInRefused(signIn("a"), refused())).isEqualTo(Sighting.FIRST);
        assertThat(auditLog().signInRefused(signIn("a"), refused())).isEqualTo(Sighting.REPLAYED);
        IssuedGrant issued = grant();
        assertThat(grants().issue(issued, signIn("a"), event(issued))).isEqualTo(Issuance.REPLAYED);
        assertThat(auditLines()).containsExactly(refused());
    }

    @Test
    void oldSignInsAreForgottenInBatchesOldestFirst() {
        SignInDigest oldest = signIn("oldest");
        auditLog().signInRefused(signIn("older"), refusedAt(NOW.minusSeconds(20)));
        auditLog().signInRefused(oldest, refusedAt(NOW.minusSeconds(30)));
        auditLog().signInRefused(signIn("young"), refusedAt(NOW));
        assertThat(signInRecords().forget(NOW, 1)).isEqualTo(1);
        assertThat(auditLog().signInRefused(oldest, refused())).isEqualTo(Sighting.FIRST);
        assertThat(signInRecords().forget(NOW, 10)).isEqualTo(1);
        assertThat(signInRecords().forget(NOW, 10)).isZero();
        assertThat(auditLog().signInRefused(signIn("young"), refused())).isEqualTo(Sighting.REPLAYED);
    }

    // Integrations

    @Test
    void anIntegrationIsReadBackAsItWasPut() {
        ApiIntegration full = new ApiIntegration(
                CLIENT,
                new ApiIntegration.Description("Näme", "text\nof two lines", "vendor", "https://example.org"),
                Scope.parse("ssh:b,a;certificate"),
                terms(60, 3600, false),
                false,
                List.of(
                        rule(ALICE, "ssh", terms(1, null, true)),
                        rule(new Identity(new Provider("AD+CORP"), UUID.randomUUID()))));
        integrations().put(full, NOW);
        ApiIntegration read = integrations().find(CLIENT).orElseThrow();
        assertThat(read).usingRecursiveComparison().ignoringFields("access").isEqualTo(full);
        assertThat(read.access()).containsExactlyInAnyOrderElementsOf(full.access());
        assertThat(read.scope().asGranted()).isEqualTo("ssh:b,a;certificate");
    }

    @Test
    void puttingAnIntegrationAgainReplacesItsRules() {
        integrations().put(integration("ssh", rule(Samples.OPERATORS)), NOW);
        assertThat(integrations().find(CLIENT).orElseThrow().access()).containsExactly(rule(Samples.OPERATORS));
        integrations().put(integration("ssh"), NOW);
        assertThat(integrations().find(CLIENT).orElseThrow().access()).isEmpty();
    }

    @Test
    void aClientIdIsCaseSensitive() {
        assertThat(integrations().find(new ClientId("Sample-Client"))).isEmpty();
    }

    // Local identities

    @Test
    void aUserIsRecognisedByHisPrincipalWithHisGroups() {
        Recognition recognition = directory().recognise(ALICE_PRINCIPAL);
        Identity operators = directory().find(localName("operators")).orElseThrow();
        assertThat(recognition).isEqualTo(new Recognition.Recognised(Samples.caller(ALICE, operators)));
        assertThat(directory().recognise(new Principal("alice", "OTHER.EXAMPLE")))
                .isEqualTo(new Recognition.Unknown());
        assertThat(directory().recognise(new Principal("ALICE", "PRACTICE.EXAMPLE")))
                .isEqualTo(new Recognition.Unknown());
    }

    @Test
    void aDisabledUserIsToldFromAnUnknownOne() {
        identities().put(alice(false), NOW);
        assertThat(directory().recognise(ALICE_PRINCIPAL)).isEqualTo(new Recognition.Disabled(ALICE));
    }

    @Test
    void aGuidThatIsNotGivenIsMadeOnceAndKept() {
        identities().put(named("bob", "bob@PRACTICE.EXAMPLE"), NOW);
        Identity bob = directory().find(localName("bob")).orElseThrow();
        identities().put(named("bob"), NOW);
        assertThat(directory().find(localName("bob"))).contains(bob);
        assertThat(directory().recognise(Principal.parse("bob@PRACTICE.EXAMPLE")))
                .isEqualTo(new Recognition.Unknown());
    }

    @Test
    void anIdentityFoundByItsGuidCanBeRenamed() {
        identities()
                .put(new LocalIdentity(localName("alicia"), Optional.of(ALICE.guid()), Set.of(), Set.of(), true), NOW);
        assertThat(directory().find(localName("alicia"))).contains(ALICE);
        assertThat(directory().find(localName("alice"))).isEmpty();
    }

    @Test
    void aNameOrPrincipalIsOneIdentitysOnly() {
        assertTaken(new LocalIdentity(localName("alice"), Optional.of(UUID.randomUUID()), Set.of(), Set.of(), true));
        assertTaken(named("bob", ALICE_PRINCIPAL.toString()));
        assertTaken(named("operators"));
        assertTaken(new LocalIdentity(localName("bob"), Optional.empty(), Set.of(), Set.of(localName("alice")), true));
        assertThat(directory().find(localName("bob"))).isEmpty();
        assertThat(directory().recognise(ALICE_PRINCIPAL)).isInstanceOf(Recognition.Recognised.class);
    }

    @Test
    void leavingAGroupTakesEffect() {
        identities().put(alice(true), NOW);
        assertThat(directory().recognise(ALICE_PRINCIPAL)).isEqualTo(new Recognition.Recognised(Samples.caller(ALICE)));
        assertThat(directory().find(localName("operators"))).isPresent();
    }

    private void assertTaken(LocalIdentity identity) {
        assertThatThrownBy(() -> identities().put(identity, NOW)).isInstanceOf(LocalIdentities.AlreadyTaken.class);
    }

    private static LocalIdentity alice(boolean enabled, String... groups) {
        return new LocalIdentity(
                localName("alice"),
                Optional.of(ALICE.guid()),
                Set.of(ALICE_PRINCIPAL),
                Arrays.stream(groups).map(Samples::localName).collect(Collectors.toSet()),
                enabled);
    }

    private static LocalIdentity named(String name, String... principals) {
        return new LocalIdentity(
                localName(name),
                Optional.empty(),
                Arrays.stream(principals).map(Principal::parse).collect(Collectors.toSet()),
                Set.of(),
                true);
    }

    private static IssuedGrant grant() {
        return Grant.issue(
                ALICE,
                CLIENT,
                Scope.parse("certificate:manage"),
                DEFAULTS,
                NOW.minus(Duration.ofMinutes(1)),
                RANDOM::nextBytes);
    }

    private void issue(IssuedGrant issued, String signIn) {
        assertThat(grants().issue(issued, signIn(signIn), event(issued))).isEqualTo(Issuance.RECORDED);
    }

    private Optional<Grant> find(IssuedGrant issued) {
        return grants().findByAccessToken(issued.tokens().access().digest());
    }

    private static AuditEvent event(IssuedGrant issued) {
        return AuditEvent.issued(NOW, ORIGIN, issued.grant());
    }

    private static AuditEvent refused() {
        return refusedAt(NOW);
    }

    private static AuditEvent refusedAt(Instant at) {
        AuditEvent event = AuditEvent.refused(at, ALICE.toString(), ORIGIN, Optional.of(CLIENT), Refusal.noAccess());
        assertThat(event.action()).isEqualTo(Action.SIGN_IN_REFUSED);
        return event;
    }
}
