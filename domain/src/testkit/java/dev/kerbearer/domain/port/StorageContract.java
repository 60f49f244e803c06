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
import dev.kerbearer.domain.digest.Sha256;
import dev.kerbearer.domain.grant.Grant;
import dev.kerbearer.domain.grant.IssuedGrant;
import dev.kerbearer.domain.grant.PresentedRefreshToken;
import dev.kerbearer.domain.grant.PresentedRefreshToken.State;
import dev.kerbearer.domain.grant.Rotation;
import dev.kerbearer.domain.grant.Successor;
import dev.kerbearer.domain.grant.TokenDigest;
import dev.kerbearer.domain.grant.TokenPair;
import dev.kerbearer.domain.grant.TokenSecret;
import dev.kerbearer.domain.identity.Identity;
import dev.kerbearer.domain.identity.LocalIdentity;
import dev.kerbearer.domain.identity.NtlmVerifier;
import dev.kerbearer.domain.identity.PrefixedName;
import dev.kerbearer.domain.identity.Principal;
import dev.kerbearer.domain.identity.Provider;
import dev.kerbearer.domain.integration.ApiIntegration;
import dev.kerbearer.domain.integration.Audience;
import dev.kerbearer.domain.integration.ClientId;
import dev.kerbearer.domain.integration.ReuseLeeway;
import dev.kerbearer.domain.integration.TokenForm;
import dev.kerbearer.domain.integration.TokenFormat;
import dev.kerbearer.domain.integration.TokenOverride;
import dev.kerbearer.domain.key.SealedSigningKey;
import dev.kerbearer.domain.key.ServerKey;
import dev.kerbearer.domain.key.ServerKeys;
import dev.kerbearer.domain.key.SigningKey;
import dev.kerbearer.domain.password.NtHash;
import dev.kerbearer.domain.password.Password;
import dev.kerbearer.domain.password.SealedNtHash;
import dev.kerbearer.domain.port.AuditLog.Sighting;
import dev.kerbearer.domain.port.Directory.Recognition;
import dev.kerbearer.domain.port.Grants.Issuance;
import dev.kerbearer.domain.refusal.Refusal;
import dev.kerbearer.domain.resource.ResourceServer;
import dev.kerbearer.domain.resource.ResourceServerId;
import dev.kerbearer.domain.scope.Scope;
import dev.kerbearer.domain.signin.SignInDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every implementation of the storage ports keeps to. */
public abstract class StorageContract {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Origin REFRESH = new Origin("127.0.0.3", Origin.Method.REFRESH_TOKEN);
    private static final Audience AUDIENCE = new Audience("https://api.example");
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final ServerKeys KEYS = Samples.SERVER_KEYS;
    private static final Origin BEARER = new Origin("127.0.0.2", Origin.Method.BEARER);

    protected abstract Grants grants();

    protected abstract AuditLog auditLog();

    protected abstract ApiIntegrations integrations();

    protected abstract LocalIdentities identities();

    protected abstract NtlmVerifiers ntlmVerifiers();

    protected abstract Directory directory();

    protected abstract SignInRecords signInRecords();

    protected abstract ResourceServers resourceServers();

    protected abstract RotationLinks rotationLinks();

    protected abstract SigningKeys signingKeys();

    protected abstract TrusteeNames trusteeNames();

    protected abstract GrantRecords grantRecords();

    /** What was written down so far, oldest first. */
    protected abstract List<AuditEvent> auditLines();

    @BeforeEach
    void aliceAndTheSampleIntegrationAreThere() {
        identities().put(alice(true, "operators"), NOW);
        integrations().put(integration("certificate:manage", rule(ALICE)), NOW);
    }

    // Grants

    @Test
    void whoWasMeantByATrusteesNameIsRememberedUntilSomebodyElseIs() {
        PrefixedName name = PrefixedName.parse("AD+CORP:pki-users");
        assertThat(trusteeNames().find(name)).isEmpty();
        Identity first = new Identity(name.provider(), UUID.randomUUID());
        Identity second = new Identity(name.provider(), UUID.randomUUID());
        trusteeNames().remember(name, first);
        trusteeNames().remember(name, first);
        assertThat(trusteeNames().find(name)).contains(first);
        trusteeNames().remember(name, second);
        assertThat(trusteeNames().find(name)).contains(second);
        assertThat(trusteeNames().find(PrefixedName.parse("AD+OTHER:pki-users")))
                .isEmpty();
    }

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
    void aGrantKeepsTheFormOfItsTokensAndItsJwtIsFoundByTheJtiOfAGoodSignatureOnly() {
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
                .as("requests in flight")
                .contains(issued.grant());
        assertThat(grants().revoke(live, BEARER, NOW)).contains(next);
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

    // Refresh

    @Test
    void aRefreshTokenIsReplacedOnceAndTheGrantLivesOn() {
        IssuedGrant issued = grant();
        issue(issued, "a");
        TokenSecret presented = issued.tokens().refresh().orElseThrow();
        assertThat(state(presented)).contains(State.LIVE);
        Successor successor = successorOf(presented);
        Grant next = issued.grant().refreshed(NOW);
        assertThat(rotate(presented, next, successor, LONG)).isEqualTo(new Rotation.Rotated(next));
        assertThat(state(presented)).contains(State.REPEATABLE);
        assertThat(state(successor.tokens().refresh().orElseThrow())).contains(State.LIVE);
        assertThat(grants().findByAccessToken(successor.tokens().access().digest()))
                .contains(next);
        assertThat(find(issued)).as("requests in flight").contains(issued.grant());
        assertThat(auditLines()).containsExactly(event(issued), AuditEvent.refreshed(NOW, REFRESH, next));
    }

    @Test
    void aNodeWhoseClockIsBehindRefreshesToo() {
        IssuedGrant issued = grant();
        issue(issued, "a");
        TokenSecret presented = issued.tokens().refresh().orElseThrow();
        Grant next = issued.grant().refreshed(issued.grant().issuedAt().minusSeconds(2));
        assertThat(next.accessIssuedAt()).isEqualTo(issued.grant().issuedAt());
        assertThat(rotate(presented, next, successorOf(presented), LONG)).isEqualTo(new Rotation.Rotated(next));
    }

    /** Whatever many clients, thieves and administrators do to a few grants at the same time, over real connections. */
    @Test
    void underRandomCallsOfManyThreadsThereIsOneLivePairOrNone() throws Exception {
        long seed = System.nanoTime();
        List<HeavilyUsedGrant> used = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            IssuedGrant issued = grant();
            issue(issued, "heavily used " + i);
            used.add(new HeavilyUsedGrant(issued));
        }
        List<Callable<Void>> calls = new ArrayList<>();
        for (int thread = 0; thread < 8; thread++) {
            SplittableRandom random = new SplittableRandom(seed + thread);
            calls.add(() -> {
                for (int i = 0; i < 60; i++) {
                    used.get(random.nextInt(used.size())).isUsed(random);
                }
                return null;
            });
        }
        ExecutorService threads = Executors.newFixedThreadPool(calls.size());
        try {
            for (Future<Void> call : threads.invokeAll(calls)) {
                call.get();
            }
        } finally {
            threads.shutdown();
        }
        used.forEach(grant -> grant.assertWhole("seed " + seed));
    }

    /** A grant, and every pair that anybody ever got for it. */
    private final class HeavilyUsedGrant {

        private final IssuedGrant issued;
        private final List<TokenPair> answered = new CopyOnWriteArrayList<>();
        private final AtomicBoolean ended = new AtomicBoolean();

        HeavilyUsedGrant(IssuedGrant issued) {
            this.issued = issued;
            answered.add(issued.tokens());
        }

        void isUsed(SplittableRandom random) {
            TokenPair pair = answered.get(Math.max(0, answered.size() - 1 - random.nextInt(3)));
            TokenSecret presented = pair.refresh().orElseThrow();
            switch (random.nextInt(100)) {
                case 0 ->
                    ended(grants().revoke(pair.access().digest(), BEARER, NOW).isPresent());
                case 1 -> ended(grants().endReused(presented.digest(), REFRESH, NOW));
                case 2 -> rotationLinks().forget(100);
                default -> refresh(presented, random.nextInt(50) == 0 ? Duration.ZERO : LONG);
            }
        }

        private void ended(boolean done) {
            if (done) {
                assertThat(ended.getAndSet(true)).as("it is ended once").isFalse();
            }
        }

        private void refresh(TokenSecret presented, Duration leeway) {
            Successor successor = successorOf(presented);
            if (rotate(presented, issued.grant().refreshed(NOW), successor, leeway) instanceof Rotation.Rotated) {
                answered.add(successor.tokens());
            }
        }

        void assertWhole(String seed) {
            List<State> states = answered.stream()
                    .map(pair -> state(pair.refresh().orElseThrow()).orElseThrow())
                    .toList();
            List<TokenPair> good = answered.stream()
                    .filter(pair ->
                            grants().findByAccessToken(pair.access().digest()).isPresent())
                    .toList();
            if (ended.get()) {
                assertThat(states).as(seed).containsOnly(State.ENDED);
                assertThat(good).as(seed).isEmpty();
            } else {
                assertThat(states).as(seed).filteredOn(State.LIVE::equals).hasSize(1);
                assertThat(good)
                        .as(seed + ": the live access token, and the one it replaced")
                        .hasSizeBetween(1, 2);
            }
            assertThat(auditLines())
                    .as(seed + ": a line for each rotation")
                    .filteredOn(line -> line.action() == Action.GRANT_REFRESHED
                            && line.grant().equals(Optional.of(issued.grant().id())))
                    .hasSize(answered.size() - 1);
        }
    }

    @Test
    void withinTheLeewayTheLivePairIsFoundHoweverFarAway() {
        IssuedGrant issued = grant();
        issue(issued, "a");
        TokenSecret first = issued.tokens().refresh().orElseThrow();
        TokenPair live = issued.tokens();
        Grant grant = issued.grant();
        for (int i = 1; i <= 3; i++) {
            TokenSecret presented = live.refresh().orElseThrow();
            Successor successor = successorOf(presented);
            grant = grant.refreshed(NOW.plusSeconds(i));
            rotate(presented, grant, successor, LONG);
            live = successor.tokens();
        }
        Rotation again = rotate(first, grant.refreshed(NOW.plusSeconds(9)), successorOf(first), LONG);
        assertThat(again)
                .isInstanceOfSatisfying(
                        Rotation.Repeated.class,
                        repeated -> assertThat(repeated.links()).hasSize(3));
        Rotation.Repeated repeated = (Rotation.Repeated) again;
        assertThat(repeated.grant()).isEqualTo(grant);
        TokenPair derived = Successor.follow(first.reveal(), TokenFormat.OPAQUE, repeated.links(), KEYS)
                .orElseThrow();
        assertThat(derived.access().digest()).isEqualTo(live.access().digest());
        assertThat(derived.refresh().orElseThrow().digest())
                .isEqualTo(live.refresh().orElseThrow().digest());
        AuditEvent line = AuditEvent.repeated(NOW, REFRESH, grant);
        auditLog().write(line);
        assertThat(auditLines()).last().isEqualTo(line);
    }

    @Test
    void ofManySimultaneousRotationsOneReplacesAndAllOthersFindThePair() throws Exception {
        IssuedGrant issued = grant();
        issue(issued, "a");
        TokenSecret presented = issued.tokens().refresh().orElseThrow();
        Grant next = issued.grant().refreshed(NOW);
        List<Callable<String>> calls = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            calls.add(() -> {
                Successor successor = successorOf(presented);
                Rotation rotation = rotate(presented, next, successor, LONG);
                TokenPair answer = rotation instanceof Rotation.Repeated repeated
                        ? Successor.follow(presented.reveal(), TokenFormat.OPAQUE, repeated.links(), KEYS)
                                .orElseThrow()
                        : successor.tokens();
                return rotation.getClass().getSimpleName() + " "
                        + answer.access().reveal();
            });
        }
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<String> answers = new ArrayList<>();
            for (Future<String> call : threads.invokeAll(calls)) {
                answers.add(call.get());
            }
            assertThat(answers)
                    .filteredOn(answer -> answer.startsWith("Rotated"))
                    .hasSize(1);
            assertThat(answers)
                    .filteredOn(answer -> answer.startsWith("Repeated"))
                    .hasSize(31);
            assertThat(answers.stream().map(answer -> answer.replaceFirst(".* ", "")))
                    .as("one pair for all")
                    .containsOnly(answers.get(0).replaceFirst(".* ", ""));
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void afterTheLeewayAReplacedTokenEndsTheGrantOnce() {
        IssuedGrant issued = grant();
        issue(issued, "a");
        TokenSecret presented = issued.tokens().refresh().orElseThrow();
        Successor successor = successorOf(presented);
        Grant next = issued.grant().refreshed(NOW);
        rotate(presented, next, successor, Duration.ZERO);
        assertThat(state(presented)).contains(State.REUSED);
        assertThat(find(issued)).as("nor is its access token good").isEmpty();
        assertThat(rotate(presented, next, successorOf(presented), LONG)).isEqualTo(new Rotation.Reused());
        assertThat(grants().findByAccessToken(successor.tokens().access().digest()))
                .as("telling it does not end it")
                .isPresent();
        assertThat(grants().endReused(presented.digest(), REFRESH, NOW)).isTrue();
        assertThat(grants().endReused(presented.digest(), REFRESH, NOW)).isFalse();
        assertThat(grants().findByAccessToken(successor.tokens().access().digest()))
                .isEmpty();
        assertThat(state(presented)).contains(State.ENDED);
        assertThat(state(successor.tokens().refresh().orElseThrow())).contains(State.ENDED);
        assertThat(rotate(
                        successor.tokens().refresh().orElseThrow(),
                        next,
                        successorOf(successor.tokens().refresh().orElseThrow()),
                        LONG))
                .isEqualTo(new Rotation.Unknown());
        assertThat(auditLines()).last().isEqualTo(AuditEvent.reused(NOW, REFRESH, next));
    }

    @Test
    void aLiveOrRepeatableTokenIsNoReuse() {
        IssuedGrant issued = grant();
        issue(issued, "a");
        TokenSecret presented = issued.tokens().refresh().orElseThrow();
        assertThat(grants().endReused(presented.digest(), REFRESH, NOW)).isFalse();
        rotate(presented, issued.grant().refreshed(NOW), successorOf(presented), LONG);
        assertThat(grants().endReused(presented.digest(), REFRESH, NOW)).isFalse();
    }

    @Test
    void whatIsNoRefreshTokenIsUnknown() {
        IssuedGrant issued = grant();
        issue(issued, "a");
        assertThat(grants().findByRefreshToken(issued.tokens().access().digest()))
                .isEmpty();
        TokenSecret access = issued.tokens().access();
        assertThat(rotate(access, issued.grant().refreshed(NOW), successorOf(access), LONG))
                .isEqualTo(new Rotation.Unknown());
    }

    @Test
    void aGrantThatIsOverIsNotRefreshed() {
        IssuedGrant issued = grant();
        issue(issued, "a");
        TokenSecret presented = issued.tokens().refresh().orElseThrow();
        Grant late = issued.grant().refreshed(issued.grant().refreshUntil().minusSeconds(1));
        Grant over = new Grant(
                late.id(),
                late.identity(),
                late.client(),
                late.scope(),
                true,
                late.form(),
                late.issuedAt(),
                late.refreshUntil(),
                late.refreshUntil(),
                late.refreshUntil());
        assertThat(rotate(presented, over, successorOf(presented), LONG)).isEqualTo(new Rotation.Unknown());
        assertThat(rotate(presented, late, successorOf(presented), LONG)).isEqualTo(new Rotation.Rotated(late));
    }

    @Test
    void revokingByTheFormerAccessTokenEndsTheGrantToo() {
        IssuedGrant issued = grant();
        issue(issued, "a");
        TokenSecret presented = issued.tokens().refresh().orElseThrow();
        Successor successor = successorOf(presented);
        rotate(presented, issued.grant().refreshed(NOW), successor, LONG);
        assertThat(grants().revoke(issued.tokens().access().digest(), BEARER, NOW))
                .hasValueSatisfying(
                        ended -> assertThat(ended.id()).isEqualTo(issued.grant().id()));
        assertThat(find(issued)).isEmpty();
        assertThat(grants().findByAccessToken(successor.tokens().access().digest()))
                .isEmpty();
        assertThat(state(presented)).contains(State.ENDED);
    }

    @Test
    void endingAGrantIsWrittenDownOnce() {
        IssuedGrant issued = grant();
        issue(issued, "a");
        AuditEvent event = AuditEvent.ended(NOW, REFRESH, issued.grant());
        grants().end(issued.grant().id(), event, NOW);
        grants().end(issued.grant().id(), event, NOW);
        assertThat(find(issued)).isEmpty();
        assertThat(auditLines()).containsExactly(event(issued), event);
    }

    @Test
    void linksAreForgottenWhenTheirLeewayIsOver() {
        IssuedGrant issued = grant();
        issue(issued, "a");
        TokenSecret first = issued.tokens().refresh().orElseThrow();
        Successor second = successorOf(first);
        Grant grant = issued.grant().refreshed(NOW);
        rotate(first, grant, second, Duration.ofMillis(1));
        TokenSecret presented = second.tokens().refresh().orElseThrow();
        rotate(presented, grant, successorOf(presented), LONG);
        while (state(first).orElseThrow() != State.REUSED) {
            Thread.onSpinWait();
        }
        assertThat(rotationLinks().forget(10)).isEqualTo(1);
        assertThat(rotationLinks().forget(10)).isZero();
        assertThat(state(first)).as("the oldest still tells").contains(State.REUSED);
        assertThat(rotate(presented, grant, successorOf(presented), LONG)).isInstanceOf(Rotation.Repeated.class);
    }

    // Grants that are over

    @Test
    void aGrantIsForgottenOnceItsTimeWasUpBeforeThatMoment() {
        IssuedGrant issued = grant();
        issue(issued, "a");
        Instant end = issued.grant().refreshUntil();
        assertThat(forget(end)).isZero();
        assertThat(find(issued)).isPresent();
        assertThat(forget(end.plusSeconds(1))).isEqualTo(1);
        assertThat(find(issued)).isEmpty();
        assertThat(state(issued.tokens().refresh().orElseThrow())).isEmpty();
        assertThat(auditLines()).as("what is written down stays").containsExactly(event(issued));
    }

    @Test
    void aGrantIsForgottenOnceItWasEndedBeforeThatMoment() {
        IssuedGrant ended = grant();
        IssuedGrant living = grant();
        issue(ended, "a");
        issue(living, "b");
        grants().end(ended.grant().id(), AuditEvent.ended(NOW, REFRESH, ended.grant()), NOW);
        assertThat(forget(NOW)).isZero();
        assertThat(state(ended.tokens().refresh().orElseThrow())).contains(State.ENDED);
        assertThat(forget(NOW.plusSeconds(1))).isEqualTo(1);
        assertThat(state(ended.tokens().refresh().orElseThrow())).isEmpty();
        assertThat(find(living)).isPresent();
    }

    @Test
    void aGrantThatWasEndedAfterItsTimeCountsFromItsTime() {
        IssuedGrant issued = grant();
        issue(issued, "a");
        Instant end = issued.grant().refreshUntil();
        identities().put(alice(false), end.plusSeconds(100));
        assertThat(forget(end.plusSeconds(1))).isEqualTo(1);
    }

    @Test
    void theTokensThatWereReplacedAreForgottenWithTheirGrant() {
        IssuedGrant issued = grant();
        issue(issued, "a");
        TokenSecret presented = issued.tokens().refresh().orElseThrow();
        rotate(presented, issued.grant().refreshed(NOW), successorOf(presented), LONG);
        assertThat(state(presented)).contains(State.REPEATABLE);
        assertThat(forget(issued.grant().refreshUntil().plusSeconds(1))).isEqualTo(1);
        assertThat(state(presented)).isEmpty();
    }

    @Test
    void anUnusedGrantIsForgottenWhereTheSettingSaysSo() {
        IssuedGrant unused = grant();
        IssuedGrant refreshed = grant();
        IssuedGrant single = Grant.issue(
                ALICE,
                CLIENT,
                Scope.parse("certificate:manage"),
                DEFAULTS.with(terms(null, null, false)),
                NOW,
                RANDOM::nextBytes);
        issue(unused, "a");
        issue(refreshed, "b");
        issue(single, "c");
        Instant expired = unused.grant().accessExpires();
        TokenSecret presented = refreshed.tokens().refresh().orElseThrow();
        Successor successor = successorOf(presented);
        rotate(presented, refreshed.grant().refreshed(NOW), successor, LONG);
        assertThat(grantRecords().forget(NOW, Optional.of(expired), 10)).isZero();
        assertThat(single.grant().accessExpires()).isAfter(expired.plusSeconds(1));
        assertThat(grantRecords().forget(NOW, Optional.of(expired.plusSeconds(1)), 10))
                .isEqualTo(1);
        assertThat(find(unused)).isEmpty();
        assertThat(state(successor.tokens().refresh().orElseThrow())).contains(State.LIVE);
        assertThat(find(single)).isPresent();
    }

    @Test
    void oldGrantsAreForgottenInBatchesOldestFirst() {
        IssuedGrant younger = grant();
        IssuedGrant older = grant();
        issue(younger, "a");
        issue(older, "b");
        grants().end(younger.grant().id(), AuditEvent.ended(NOW, REFRESH, younger.grant()), NOW.minusSeconds(1));
        grants().end(older.grant().id(), AuditEvent.ended(NOW, REFRESH, older.grant()), NOW.minusSeconds(2));
        assertThat(grantRecords().forget(NOW, Optional.empty(), 1)).isEqualTo(1);
        assertThat(state(older.tokens().refresh().orElseThrow())).isEmpty();
        assertThat(state(younger.tokens().refresh().orElseThrow())).contains(State.ENDED);
        assertThat(grantRecords().forget(NOW, Optional.empty(), 1)).isEqualTo(1);
        assertThat(grantRecords().forget(NOW, Optional.empty(), 1)).isZero();
    }

    @Test
    void aGrantWithManyTokensIsABatchOfItsOwn() {
        IssuedGrant used = grant();
        IssuedGrant other = grant();
        issue(used, "a");
        issue(other, "b");
        Grant grant = used.grant();
        TokenSecret presented = used.tokens().refresh().orElseThrow();
        for (int i = 1; i <= 3; i++) {
            grant = grant.refreshed(NOW.plusSeconds(i));
            Successor successor = successorOf(presented);
            rotate(presented, grant, successor, LONG);
            presented = successor.tokens().refresh().orElseThrow();
        }
        grants().end(grant.id(), AuditEvent.ended(NOW, REFRESH, grant), NOW.minusSeconds(2));
        grants().end(other.grant().id(), AuditEvent.ended(NOW, REFRESH, other.grant()), NOW.minusSeconds(1));
        assertThat(grantRecords().forget(NOW, Optional.empty(), 3)).isEqualTo(1);
        assertThat(state(other.tokens().refresh().orElseThrow())).contains(State.ENDED);
        assertThat(grantRecords().forget(NOW, Optional.empty(), 3)).isEqualTo(1);
    }

    private int forget(Instant over) {
        return grantRecords().forget(over, Optional.empty(), 10);
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

    // Signing keys

    @Test
    void signingKeysAreReadBackAsTheyWereKeptTheFirstActiveFirst() {
        SealedSigningKey later = sealed(NOW.plusSeconds(9));
        SealedSigningKey earlier = sealed(NOW);
        assertThat(signingKeys().change(none -> List.of(later, earlier))).containsExactly(earlier, later);
        assertThat(signingKeys().all()).containsExactly(earlier, later);
    }

    @Test
    void aChangeOfSigningKeysRemovesAddsAndSealsAgain() {
        SealedSigningKey gone = sealed(NOW);
        SigningKey stays = SigningKey.generate(NOW.plusSeconds(1));
        SealedSigningKey before = stays.seal(KEYS.current(), RANDOM::nextBytes);
        SealedSigningKey after = stays.seal(
                ServerKey.of(new byte[] {
                    1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27,
                    28, 29, 30, 31, 32
                }),
                RANDOM::nextBytes);
        SealedSigningKey added = sealed(NOW.plusSeconds(2));
        signingKeys().change(none -> List.of(gone, before));
        signingKeys().change(kept -> {
            assertThat(kept).containsExactly(gone, before);
            return List.of(after, added);
        });
        assertThat(signingKeys().all()).containsExactly(after, added);
    }

    @Test
    void ofManyThatChangeSigningKeysEachSeesWhatThoseBeforeItHaveKept() throws Exception {
        SealedSigningKey first = sealed(NOW);
        List<Callable<List<SealedSigningKey>>> calls = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            SealedSigningKey own = i == 0 ? first : sealed(NOW);
            calls.add(() -> signingKeys().change(kept -> kept.isEmpty() ? List.of(own) : kept));
        }
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            Set<List<SealedSigningKey>> seen = new HashSet<>();
            for (Future<List<SealedSigningKey>> call : threads.invokeAll(calls)) {
                seen.add(call.get());
            }
            assertThat(seen).hasSize(1).containsExactly(signingKeys().all());
            assertThat(signingKeys().all()).hasSize(1);
        } finally {
            threads.shutdown();
        }
    }

    private static SealedSigningKey sealed(Instant activeFrom) {
        return SigningKey.generate(activeFrom).seal(KEYS.current(), RANDOM::nextBytes);
    }

    // Integrations

    @Test
    void anIntegrationIsReadBackAsItWasPut() {
        ApiIntegration full = new ApiIntegration(
                CLIENT,
                new ApiIntegration.Description("Näme", "text\nof two lines", "vendor", "https://example.org"),
                Scope.parse("ssh:b,a;certificate"),
                terms(60, 3600, false),
                Optional.of(ReuseLeeway.ofSeconds(7)),
                new TokenOverride(Optional.of(TokenFormat.JWT), Optional.of(AUDIENCE)),
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
    void aUserIsRecognisedByHisIdentityToo() {
        Identity operators = directory().find(localName("operators")).orElseThrow();
        assertThat(directory().recognise(ALICE))
                .isEqualTo(new Recognition.Recognised(Samples.caller(ALICE, operators)));
        assertThat(directory().recognise(operators)).isEqualTo(new Recognition.Unknown());
        assertThat(directory().recognise(new Identity(Provider.LOCAL, UUID.randomUUID())))
                .isEqualTo(new Recognition.Unknown());
        identities().put(alice(false), NOW);
        assertThat(directory().recognise(ALICE)).isEqualTo(new Recognition.Disabled(ALICE));
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
    void aGroupsGuidIsNoUsers() {
        Identity operators = directory().find(localName("operators")).orElseThrow();
        assertTaken(new LocalIdentity(localName("bob"), Optional.of(operators.guid()), Set.of(), Set.of(), true));
        assertThat(directory().find(localName("bob"))).isEmpty();
        assertThat(directory().find(localName("operators"))).contains(operators);
    }

    @Test
    void leavingAGroupTakesEffect() {
        identities().put(alice(true), NOW);
        assertThat(directory().recognise(ALICE_PRINCIPAL)).isEqualTo(new Recognition.Recognised(Samples.caller(ALICE)));
        assertThat(directory().find(localName("operators"))).isPresent();
    }

    // NTLM verifiers

    @Test
    void aVerifierIsKeptWhereTheImportMakesTheIdentityAndNotSetBack() {
        NtHash hash = NtHash.of(Password.of("correct horse 1"));
        identities().put(withNtlm("bob", Optional.of(hash)), NOW);
        NtlmVerifier verifier = ntlmVerifiers().find(localName("bob")).orElseThrow();
        assertThat(directory().find(localName("bob"))).contains(verifier.identity());
        UUID bob = verifier.identity().guid();
        assertThat(verifier.hash().open(bob, KEYS).orElseThrow().reveal()).isEqualTo(hash.reveal());
        NtHash later = NtHash.of(Password.of("correct horse 2"));
        identities().put(withNtlm("bob", Optional.of(later)), NOW);
        assertThat(ntlmVerifiers().find(localName("bob")).orElseThrow().hash().sealed())
                .isEqualTo(verifier.hash().sealed());
        identities().put(withNtlm("alice", Optional.of(later)), NOW);
        assertThat(ntlmVerifiers().find(localName("alice")))
                .as("alice was there already")
                .isEmpty();
    }

    @Test
    void aVerifierGoesWithTheRightToIt() {
        identities().put(withNtlm("bob", Optional.of(NtHash.of(Password.of("correct horse 1")))), NOW);
        identities().put(withNtlm("bob", Optional.empty()), NOW);
        assertThat(ntlmVerifiers().find(localName("bob"))).isEmpty();
        assertThat(ntlmVerifiers().find(localName("nobody"))).isEmpty();
        assertThat(ntlmVerifiers().find(localName("operators"))).isEmpty();
        assertThat(ntlmVerifiers().find(PrefixedName.parse("AD+CORP:bob"))).isEmpty();
    }

    @Test
    void aVerifierIsReplacedByOneThatIsSealedAnew() {
        NtHash hash = NtHash.of(Password.of("correct horse 1"));
        identities().put(withNtlm("bob", Optional.of(hash)), NOW);
        byte[] secret = new byte[ServerKey.LENGTH];
        secret[0] = 1;
        ServerKey next = ServerKey.of(secret);
        assertThat(ntlmVerifiers().notSealedUnder(KEYS.current().id(), 10)).isEmpty();
        NtlmVerifier old = ntlmVerifiers().notSealedUnder(next.id(), 10).stream()
                .findFirst()
                .orElseThrow();
        UUID bob = old.identity().guid();
        ntlmVerifiers().replace(old, SealedNtHash.seal(hash, bob, next, RANDOM::nextBytes));
        assertThat(ntlmVerifiers().notSealedUnder(next.id(), 10)).isEmpty();
        ntlmVerifiers().replace(old, old.hash());
        SealedNtHash kept = ntlmVerifiers().find(localName("bob")).orElseThrow().hash();
        assertThat(kept.sealedUnder()).as("the old one was replaced already").isEqualTo(next.id());
        assertThat(kept.open(bob, KEYS)).as("the new key is not held").isEmpty();
        assertThatThrownBy(() -> kept.open(ALICE.guid(), new ServerKeys(next, List.of())))
                .as("it is another identity's")
                .isInstanceOf(IllegalStateException.class);
    }

    private static LocalIdentity withNtlm(String name, Optional<NtHash> hash) {
        return new LocalIdentity(localName(name), Optional.empty(), Set.of(), Set.of(), true, hash);
    }

    // Resource servers

    @Test
    void aResourceServerIsFoundAsItWasPutLast() {
        ResourceServerId id = new ResourceServerId("files");
        Sha256 secret = Sha256.of(new byte[] {1});
        ResourceServer some = new ResourceServer(id, secret, Optional.of(Set.of(CLIENT, new ClientId("b,\"c"))), true);
        resourceServers().put(some);
        assertThat(resourceServers().find(id)).contains(some);
        assertThat(resourceServers().find(new ResourceServerId("Files"))).isEmpty();
        ResourceServer none = new ResourceServer(id, secret, Optional.of(Set.of()), true);
        resourceServers().put(none);
        assertThat(resourceServers().find(id)).contains(none);
        ResourceServer all = new ResourceServer(id, Sha256.of(new byte[] {2}), Optional.empty(), false);
        resourceServers().put(all);
        assertThat(resourceServers().find(id)).contains(all);
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

    private static IssuedGrant jwtGrant() {
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

    private void issue(IssuedGrant issued, String signIn) {
        assertThat(grants().issue(issued, signIn(signIn), event(issued))).isEqualTo(Issuance.RECORDED);
    }

    private static Successor successorOf(TokenSecret presented) {
        return Successor.of(presented.reveal(), TokenFormat.OPAQUE, KEYS, RANDOM::nextBytes);
    }

    private Rotation rotate(TokenSecret presented, Grant next, Successor successor, Duration leeway) {
        return grants().rotate(presented.digest(), next, successor, leeway, REFRESH, NOW);
    }

    private Optional<State> state(TokenSecret token) {
        return grants().findByRefreshToken(token.digest()).map(PresentedRefreshToken::state);
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
