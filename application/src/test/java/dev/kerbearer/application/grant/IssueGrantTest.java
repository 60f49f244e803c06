package dev.kerbearer.application.grant;

import static dev.kerbearer.domain.Samples.ALICE;
import static dev.kerbearer.domain.Samples.ALICE_PRINCIPAL;
import static dev.kerbearer.domain.Samples.CLIENT;
import static dev.kerbearer.domain.Samples.DEFAULTS;
import static dev.kerbearer.domain.Samples.NOW;
import static dev.kerbearer.domain.Samples.OPERATORS;
import static dev.kerbearer.domain.Samples.ORIGIN;
import static dev.kerbearer.domain.Samples.SETTINGS;
import static dev.kerbearer.domain.Samples.disabled;
import static dev.kerbearer.domain.Samples.integration;
import static dev.kerbearer.domain.Samples.localName;
import static dev.kerbearer.domain.Samples.rule;
import static dev.kerbearer.domain.Samples.signIn;
import static dev.kerbearer.domain.Samples.terms;
import static java.time.temporal.ChronoUnit.SECONDS;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kerbearer.application.directory.Directories;
import dev.kerbearer.application.signin.RecogniseCaller;
import dev.kerbearer.application.signin.RefusedSignIns;
import dev.kerbearer.domain.Samples;
import dev.kerbearer.domain.audit.Act;
import dev.kerbearer.domain.audit.AuditEvent;
import dev.kerbearer.domain.audit.AuditEvent.Action;
import dev.kerbearer.domain.grant.IssuedGrant;
import dev.kerbearer.domain.identity.Identity;
import dev.kerbearer.domain.identity.LocalIdentity;
import dev.kerbearer.domain.identity.Provider;
import dev.kerbearer.domain.integration.ApiIntegration;
import dev.kerbearer.domain.integration.ClientId;
import dev.kerbearer.domain.integration.TokenDefaults;
import dev.kerbearer.domain.integration.TokenForm;
import dev.kerbearer.domain.integration.TokenFormat;
import dev.kerbearer.domain.integration.TokenOverride;
import dev.kerbearer.domain.port.ApiIntegrations;
import dev.kerbearer.domain.port.AuditLog;
import dev.kerbearer.domain.port.Directory;
import dev.kerbearer.domain.port.InMemoryStorage;
import dev.kerbearer.domain.port.OpaqueTokenCodec;
import dev.kerbearer.domain.port.TokenCodec;
import dev.kerbearer.domain.port.Unavailable;
import dev.kerbearer.domain.refusal.Detail;
import dev.kerbearer.domain.refusal.Kind;
import dev.kerbearer.domain.refusal.Refusal;
import dev.kerbearer.domain.refusal.RefusedException;
import dev.kerbearer.domain.settings.Settings;
import dev.kerbearer.domain.signin.SignIn;
import dev.kerbearer.domain.signin.SignInDigest;
import dev.kerbearer.domain.version.Version;
import dev.kerbearer.domain.version.Versioned;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IssueGrantTest {

    private static final InstantSource CLOCK = InstantSource.fixed(NOW);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final InMemoryStorage storage = new InMemoryStorage();
    private Settings settings = SETTINGS;
    private TokenCodec codec = new OpaqueTokenCodec();

    @BeforeEach
    void aliceHasAccessToTheSampleIntegration() {
        storage.put(alice(true), NOW);
        storage.put(integration("certificate:manage", terms(60, 600, null), rule(ALICE)), NOW);
    }

    private static LocalIdentity alice(boolean enabled, String... groups) {
        return new LocalIdentity(
                localName("alice"),
                Optional.of(ALICE.guid()),
                Set.of(ALICE_PRINCIPAL),
                Arrays.stream(groups).map(Samples::localName).collect(toSet()),
                enabled);
    }

    private SignIn alice() {
        return signInOfAlice("a");
    }

    /** Alice as she is known now. */
    private SignIn signInOfAlice(String ticket) {
        return signInBy(storage, ticket);
    }

    private SignIn signInBy(Directory directory, String ticket) {
        Directories directories =
                new Directories(Map.of(Provider.LOCAL, directory), Map.of(ALICE_PRINCIPAL.realm(), Provider.LOCAL));
        return new RecogniseCaller(directories, new RefusedSignIns(storage, CLOCK))
                .recognise(ALICE_PRINCIPAL, Optional.empty(), signIn(ticket), ORIGIN, Optional.empty());
    }

    @Test
    void aSignInBecomesAGrant() {
        IssuedGrant issued = authorize("sample-client", "Certificate:MANAGE");
        assertThat(issued.grant().identity()).isEqualTo(ALICE);
        assertThat(issued.grant().client()).isEqualTo(CLIENT);
        assertThat(issued.grant().scope().asGranted()).isEqualTo("certificate:manage");
        assertThat(issued.grant().accessExpires()).isEqualTo(Instant.parse("2026-11-09T21:08:25Z"));
        assertThat(issued.grant().refreshUntil()).isEqualTo(Instant.parse("2026-11-09T21:17:25Z"));
        assertThat(issued.tokens().refresh()).isPresent();
        assertThat(storage.findByAccessToken(issued.tokens().access().digest())).contains(issued.grant());
        assertThat(storage.auditLines()).extracting(AuditEvent::action).containsExactly(Action.GRANT_ISSUED);
    }

    @Test
    void aSignInCanBeUsedOnce() {
        authorize("sample-client", "certificate");
        assertThat(refusal("sample-client", "certificate")).isEqualTo(Refusal.replayed());
    }

    @Test
    void aRefusalUsesTheSignInUpToo() {
        assertThat(refusal("sample-client", "ssh").code()).isEqualTo("invalid_scope");
        assertThat(refusal("sample-client", "certificate")).isEqualTo(Refusal.replayed());
        assertThat(storage.auditLines()).singleElement().satisfies(line -> {
            assertThat(line.action()).isEqualTo(Action.SIGN_IN_REFUSED);
            assertThat(line.actor()).isEqualTo(ALICE.toString());
            assertThat(line.client()).contains(CLIENT);
            assertThat(line.outcome()).startsWith("invalid_scope: ");
        });
    }

    @Test
    void aRequestThatCannotBeReadUsesTheSignInUpToo() {
        Refusal malformed = Refusal.malformedRequest("it is no JSON object");
        assertThat(refusalOf(() -> useCase(storage).authorize(alice(), () -> {
                    throw malformed.asException();
                })))
                .isEqualTo(malformed);
        assertThat(refusal("sample-client", "certificate")).isEqualTo(Refusal.replayed());
    }

    @Test
    void theChecksComeInTheOrderClientIdIntegrationAccessScope() {
        storage.put(integration("certificate:manage"), NOW);
        assertThat(refusalOfFreshSignIn(null, null)).isEqualTo(Refusal.clientIdMissing());
        assertThat(refusalOfFreshSignIn("", "?")).isEqualTo(Refusal.clientIdMissing());
        assertThat(refusalOfFreshSignIn("unknown", "?").kind()).isEqualTo(Kind.INVALID_GRANT);
        assertThat(refusalOfFreshSignIn("a".repeat(129), "?").kind()).isEqualTo(Kind.INVALID_GRANT);
        assertThat(refusalOfFreshSignIn("sample-client", "?")).isEqualTo(Refusal.noAccess());
        storage.put(integration("certificate:manage", rule(ALICE, "certificate")), NOW);
        assertThat(refusalOfFreshSignIn("sample-client", "?").kind()).isEqualTo(Kind.INVALID_SCOPE);
        assertThat(refusalOfFreshSignIn("sample-client", null)).isEqualTo(Refusal.scopeMissing());
        assertThat(refusalOfFreshSignIn("sample-client", " ")).isEqualTo(Refusal.scopeMissing());
        assertThat(refusalOfFreshSignIn("sample-client", "ssh")).isEqualTo(Refusal.scopeWiderThanIntegration());
        assertThat(refusalOfFreshSignIn("sample-client", "certificate:manage"))
                .isEqualTo(Refusal.scopeWiderThanAccess());
    }

    @Test
    void aDisabledIntegrationLooksLikeAnUnknownOne() {
        Refusal unknown = refusalOfFreshSignIn("unknown", "certificate");
        storage.put(disabled(integration("certificate", rule(ALICE))), NOW);
        Refusal disabled = refusalOfFreshSignIn("sample-client", "certificate");
        assertThat(disabled.description()).isEqualTo(unknown.description());
        assertThat(disabled.detail()).isNotEqualTo(unknown.detail());
    }

    @Test
    void aDisabledIntegrationIsRefusedBeforeAccessAndScopeAreLookedAt() {
        storage.put(disabled(integration("certificate")), NOW);
        assertThat(refusalOfFreshSignIn("sample-client", "?"))
                .isEqualTo(Refusal.noSuchIntegration(new Detail("it is not enabled")));
    }

    @Test
    void aGrantByRememberedRulesReadsNothing() {
        Remembering rules = new Remembering(storage);
        assertThat(grantedBy(rules)).isEqualTo(ALICE);
        assertThat(rules.reads()).isZero();
    }

    @Test
    void theCurrentRulesDecideIfTheRememberedOnesAreOutdated() {
        Remembering rules = new Remembering(storage);
        storage.put(integration("certificate:manage", terms(30, 300, null), rule(ALICE)), NOW);
        storage.put(alice(true, "operators"), NOW);
        IssuedGrant issued = useCase(rules)
                .authorize(signInBy(rules, "a"), request("sample-client", "certificate"))
                .issued();
        assertThat(issued.grant().accessExpires())
                .isEqualTo(NOW.truncatedTo(SECONDS).plusSeconds(30));
        assertThat(storage.auditLines()).extracting(AuditEvent::action).containsExactly(Action.GRANT_ISSUED);
    }

    @Test
    void accessThatIsGivenAfterTheRulesWereReadCounts() {
        storage.put(integration("certificate:manage"), NOW);
        Remembering rules = new Remembering(storage);
        storage.put(integration("certificate:manage", rule(ALICE)), NOW);
        assertThat(grantedBy(rules)).isEqualTo(ALICE);
    }

    @Test
    void accessThatIsWithdrawnAfterTheRulesWereReadIsRefused() {
        Remembering rules = new Remembering(storage);
        storage.put(integration("certificate:manage"), NOW);
        assertThat(refusalOf(() -> grantedBy(rules))).isEqualTo(Refusal.noAccess());
    }

    @Test
    void anIntegrationThatIsDisabledAfterItWasReadGivesNoGrant() {
        Remembering rules = new Remembering(storage);
        storage.put(disabled(integration("certificate:manage", rule(ALICE))), NOW);
        assertThat(refusalOf(() -> grantedBy(rules)))
                .isEqualTo(Refusal.noSuchIntegration(new Detail("it is not enabled")));
        assertThat(storage.auditLines()).extracting(AuditEvent::action).containsExactly(Action.SIGN_IN_REFUSED);
    }

    @Test
    void anIdentityThatIsDisabledAfterItWasReadGetsNoGrant() {
        Remembering rules = new Remembering(storage);
        storage.put(alice(false), NOW);
        assertThat(refusalOf(() -> grantedBy(rules)).description())
                .isEqualTo("Failed to issue grant: the identity is disabled");
    }

    @Test
    void aDisabledIdentityIsRefusedBeforeTheRequestIsRead() {
        Remembering rules = new Remembering(storage);
        storage.put(alice(false), NOW);
        Supplier<AuthorizeRequest> unreadable = () -> {
            throw Refusal.malformedRequest("it is no JSON object").asException();
        };
        assertThat(refusalOf(() -> useCase(rules).authorize(signInBy(rules, "a"), unreadable))
                        .description())
                .isEqualTo("Failed to issue grant: the identity is disabled");
    }

    @Test
    void aRememberedTokenFormThatCannotBeSignedDoesNotRefuseTheCurrentOne() {
        ApiIntegration opaque = storage.find(CLIENT).orElseThrow().value();
        storage.put(withFormat(opaque, TokenFormat.JWT), NOW);
        Remembering rules = new Remembering(storage);
        storage.put(opaque, NOW);
        codec = OpaqueTokenCodec.withoutSigningKey();
        assertThat(grantedBy(rules)).isEqualTo(ALICE);
    }

    private static ApiIntegration withFormat(ApiIntegration integration, TokenFormat format) {
        return new ApiIntegration(
                integration.id(),
                integration.description(),
                integration.scope(),
                integration.terms(),
                integration.reuseLeeway(),
                new TokenOverride(Optional.of(format), Optional.empty()),
                integration.enabled(),
                integration.access());
    }

    @Test
    void aPrincipalThatHasMovedGetsTheGrantOfItsNewIdentity() {
        Remembering rules = new Remembering(storage);
        storage.put(new LocalIdentity(localName("alice"), Optional.of(ALICE.guid()), Set.of(), Set.of(), true), NOW);
        storage.put(
                new LocalIdentity(localName("bob"), Optional.empty(), Set.of(ALICE_PRINCIPAL), Set.of(), true), NOW);
        Identity bob = storage.find(localName("bob")).orElseThrow();
        assertThat(refusalOf(() -> grantedBy(rules))).isEqualTo(Refusal.noAccess());
        assertThat(storage.auditLines()).extracting(AuditEvent::actor).containsExactly(bob.toString());
        storage.put(integration("certificate:manage", rule(ALICE), rule(bob)), NOW);
        assertThat(useCase(rules)
                        .authorize(signInBy(rules, "b"), request("sample-client", "certificate"))
                        .issued()
                        .grant()
                        .identity())
                .isEqualTo(bob);
    }

    @Test
    void rulesThatNeverStopChangingCountAsUnavailable() {
        ApiIntegrations restless =
                always(() -> storage.find(CLIENT).orElseThrow().value());
        Refusal refusal = refusalOf(() -> grantedBy(restless));
        assertThat(refusal.description()).isEqualTo("Failed to issue grant: storage unavailable");
        assertThat(storage.auditLines()).isEmpty();
    }

    private Identity grantedBy(Remembering rules) {
        return grantedBy(rules, rules);
    }

    private Identity grantedBy(ApiIntegrations integrations) {
        return grantedBy(integrations, storage);
    }

    private Identity grantedBy(ApiIntegrations integrations, Directory directory) {
        return useCase(integrations)
                .authorize(signInBy(directory, "a"), request("sample-client", "certificate"))
                .issued()
                .grant()
                .identity();
    }

    @Test
    void integratedSignInThatIsSwitchedOffIsRefusedBeforeTheRequestIsRead() {
        settings = new Settings(false, DEFAULTS, SETTINGS.reuseLeeway(), SETTINGS.tokens(), SETTINGS.unusedExpiry());
        assertThat(refusalOfFreshSignIn(null, null).kind()).isEqualTo(Kind.INVALID_CLIENT);
    }

    @Test
    void unavailableStorageHasItsOwnRefusal() {
        ApiIntegrations away = always(() -> {
            throw new Unavailable("storage", new IOException("refused"));
        });
        Refusal refusal = refusalOf(() -> useCase(away).authorize(alice(), request("sample-client", "certificate")));
        assertThat(refusal.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(refusal.description()).isEqualTo("Failed to issue grant: storage unavailable");
        assertThat(refusal.detail())
                .hasValueSatisfying(detail -> assertThat(detail.text()).contains("refused"));
    }

    @Test
    void noGrantIsRecordedIfItsTokenCannotBeSigned() {
        TokenDefaults jwt = new TokenDefaults(TokenFormat.JWT, SETTINGS.tokens().longestJwt());
        settings = new Settings(true, DEFAULTS, SETTINGS.reuseLeeway(), jwt, SETTINGS.unusedExpiry());
        codec = OpaqueTokenCodec.withoutSigningKey();
        Refusal refusal = refusal("sample-client", "certificate");
        assertThat(refusal.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(refusal.description()).isEqualTo("Failed to issue grant: signing key unavailable");
        assertThat(storage.auditLines()).isEmpty();
        settings = SETTINGS;
        assertThat(authorize("sample-client", "certificate").grant().form()).isEqualTo(TokenForm.OPAQUE);
    }

    @Test
    void aRefusalWithoutItsAuditLineIsNotAnswered() {
        AuditLog away = new AuditLog() {
            @Override
            public Sighting signInRefused(SignInDigest signIn, AuditEvent event) {
                throw new Unavailable("storage", new IOException("refused"));
            }

            @Override
            public void write(AuditEvent event) {
                throw new AssertionError("nothing of the kind is asked for");
            }
        };
        Refusal refusal = refusalOf(
                () -> useCase(storage, new RefusedSignIns(away, CLOCK)).authorize(alice(), request("unknown", "ssh")));
        assertThat(refusal.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(refusal.description()).isEqualTo("Failed to issue grant: storage unavailable");
        assertThat(storage.auditLines()).isEmpty();
    }

    @Test
    void aGrantKeepsTheScopeAndTermsOfItsIssue() {
        IssuedGrant issued = authorize("sample-client", "certificate:manage");
        storage.put(integration("certificate", terms(1, 2, false), rule(ALICE, "certificate")), NOW);
        assertThat(storage.findByAccessToken(issued.tokens().access().digest())).contains(issued.grant());
        assertThat(issued.grant().scope().asGranted()).isEqualTo("certificate:manage");
    }

    @Test
    void withRefreshOffThereIsNoRefreshTokenAndTheAccessTokenLivesAsLongAsTheGrant() {
        storage.put(integration("certificate", terms(60, 600, false), rule(ALICE)), NOW);
        IssuedGrant issued = authorize("sample-client", "certificate");
        assertThat(issued.tokens().refresh()).isEmpty();
        assertThat(issued.grant().accessExpires()).isEqualTo(issued.grant().refreshUntil());
    }

    @Test
    void aGroupGivesItsMembersAccess() {
        storage.put(integration("certificate:manage", rule(OPERATORS, "certificate")), NOW);
        assertThat(refusalOfFreshSignIn("sample-client", "certificate")).isEqualTo(Refusal.noAccess());
        storage.put(alice(true, "operators"), NOW);
        Identity operators = storage.find(localName("operators")).orElseThrow();
        storage.put(integration("certificate:manage", rule(operators, "certificate")), NOW);
        assertThat(useCase(storage)
                        .authorize(signInOfAlice("member"), request("sample-client", "certificate"))
                        .issued()
                        .grant()
                        .identity())
                .isEqualTo(ALICE);
    }

    @Test
    void aFaultUsesTheSignInUpAndIsNotHidden() {
        ApiIntegrations faulty = always(() -> {
            throw new IllegalStateException("a bug");
        });
        assertThatThrownBy(() -> useCase(faulty).authorize(alice(), request("sample-client", "certificate")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a bug");
        assertThat(storage.auditLines())
                .singleElement()
                .satisfies(
                        line -> assertThat(line.outcome()).startsWith("invalid_request: An internal error occurred"));
        assertThat(refusal("sample-client", "certificate")).isEqualTo(Refusal.replayed());
    }

    private int freshSignIns;

    private Refusal refusalOfFreshSignIn(@Nullable String clientId, @Nullable String scope) {
        SignIn fresh = signInOfAlice("fresh " + freshSignIns++);
        return refusalOf(() -> useCase(storage).authorize(fresh, request(clientId, scope)));
    }

    private Refusal refusal(String clientId, String scope) {
        return refusalOf(() -> authorize(clientId, scope));
    }

    private IssuedGrant authorize(String clientId, String scope) {
        Authorization authorization = useCase(storage).authorize(alice(), request(clientId, scope));
        assertThat(authorization.state()).contains("xyz");
        return authorization.issued();
    }

    private AuthorizeIntegrated useCase(ApiIntegrations integrations) {
        return useCase(integrations, new RefusedSignIns(storage, CLOCK));
    }

    private AuthorizeIntegrated useCase(ApiIntegrations integrations, RefusedSignIns refusedSignIns) {
        return new AuthorizeIntegrated(
                () -> settings,
                new IssueGrant(() -> settings, integrations, codec, storage, refusedSignIns, RANDOM::nextBytes, CLOCK));
    }

    private static Supplier<AuthorizeRequest> request(@Nullable String clientId, @Nullable String scope) {
        return () ->
                new AuthorizeRequest(Optional.ofNullable(clientId), Optional.ofNullable(scope), Optional.of("xyz"));
    }

    private static ApiIntegrations always(Supplier<ApiIntegration> answer) {
        return new ApiIntegrations() {
            @Override
            public Optional<Versioned<ApiIntegration>> find(ClientId id) {
                return Optional.of(new Versioned<>(answer.get(), new Version(1)));
            }

            @Override
            public void put(ApiIntegration integration, Act.ByName act) {
                throw new AssertionError("nothing is put here");
            }
        };
    }

    private static Refusal refusalOf(Runnable call) {
        try {
            call.run();
        } catch (RefusedException refused) {
            assertThat(refused.parties().user()).as("the user in the log").isPresent();
            return refused.refusal();
        }
        throw new AssertionError("nothing was refused");
    }
}
