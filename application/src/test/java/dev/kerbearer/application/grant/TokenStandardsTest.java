package dev.kerbearer.application.grant;

import static dev.kerbearer.domain.Samples.ALICE;
import static dev.kerbearer.domain.Samples.CLIENT;
import static dev.kerbearer.domain.Samples.DEFAULTS;
import static dev.kerbearer.domain.Samples.NOW;
import static dev.kerbearer.domain.Samples.ORIGIN;
import static dev.kerbearer.domain.Samples.SETTINGS;
import static dev.kerbearer.domain.Samples.disabled;
import static dev.kerbearer.domain.Samples.integration;
import static dev.kerbearer.domain.Samples.localName;
import static dev.kerbearer.domain.Samples.rule;
import static dev.kerbearer.domain.Samples.signIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kerbearer.application.grant.ActiveToken.Kind;
import dev.kerbearer.domain.audit.Act;
import dev.kerbearer.domain.audit.AuditEvent;
import dev.kerbearer.domain.audit.CallAddress;
import dev.kerbearer.domain.audit.Origin;
import dev.kerbearer.domain.digest.Sha256;
import dev.kerbearer.domain.grant.Ending;
import dev.kerbearer.domain.grant.Grant;
import dev.kerbearer.domain.grant.IssuedGrant;
import dev.kerbearer.domain.grant.Successor;
import dev.kerbearer.domain.identity.LocalIdentity;
import dev.kerbearer.domain.integration.ClientId;
import dev.kerbearer.domain.integration.TokenFormat;
import dev.kerbearer.domain.key.ServerKey;
import dev.kerbearer.domain.key.ServerKeys;
import dev.kerbearer.domain.network.IpAddress;
import dev.kerbearer.domain.port.InMemoryStorage;
import dev.kerbearer.domain.port.OpaqueTokenCodec;
import dev.kerbearer.domain.refusal.Detail;
import dev.kerbearer.domain.refusal.Refusal;
import dev.kerbearer.domain.refusal.RefusedException;
import dev.kerbearer.domain.resource.ResourceServer;
import dev.kerbearer.domain.resource.ResourceServerId;
import dev.kerbearer.domain.scope.Scope;
import dev.kerbearer.domain.settings.Settings;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Introspection and revocation according to the OAuth standards. */
class TokenStandardsTest {

    private static final CallAddress ADDRESS =
            CallAddress.of(IpAddress.parse("127.0.0.9").orElseThrow());
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final ServerKeys KEYS = new ServerKeys(ServerKey.of(new byte[ServerKey.LENGTH]), List.of());

    private Instant now = NOW;
    private final InstantSource clock = () -> now;
    private Settings settings = SETTINGS;
    private final InMemoryStorage storage = new InMemoryStorage(clock);
    private final IntrospectToken introspect =
            new IntrospectToken(() -> settings, storage, new OpaqueTokenCodec(), storage, clock);
    private final RevokeToken revoke = new RevokeToken(new OpaqueTokenCodec(), storage, clock);
    private final IssuedGrant issued =
            Grant.issue(ALICE, CLIENT, Scope.parse("certificate"), DEFAULTS, NOW, RANDOM::nextBytes);
    private final String access = issued.tokens().access().reveal();
    private final String refresh = issued.tokens().refresh().orElseThrow().reveal();

    @BeforeEach
    void aliceHasAGrantAndTheFileServerMayAsk() {
        storage.put(new LocalIdentity(localName("alice"), Optional.of(ALICE.guid()), Set.of(), Set.of(), true), NOW);
        storage.put(integration("certificate", rule(ALICE)), NOW);
        storage.issue(issued, storage.basis(issued.grant()), signIn("a"), new Act.ByHolder(ORIGIN, NOW));
        storage.put(server("files", "s3cret", Optional.empty(), true), NOW);
    }

    // Introspection

    @Test
    void aLiveTokenIsActiveForAnyHint() {
        for (String hint : new String[] {"access_token", "refresh_token", "nonsense", ""}) {
            assertThat(ask(access, hint)).contains(new ActiveToken(issued.grant(), Kind.ACCESS));
            assertThat(ask(refresh, hint)).contains(new ActiveToken(issued.grant(), Kind.REFRESH));
        }
        assertThat(ask("nobodys", "")).isEmpty();
    }

    @Test
    void aTokenIsActiveUntilItsOwnEnd() {
        assertThat(ask(access, "").orElseThrow().expires())
                .isEqualTo(issued.grant().accessExpires());
        now = issued.grant().accessExpires();
        assertThat(ask(access, "")).isEmpty();
        assertThat(ask(refresh, "").orElseThrow().expires())
                .isEqualTo(issued.grant().refreshUntil());
        now = issued.grant().refreshUntil();
        assertThat(ask(refresh, "")).isEmpty();
    }

    @Test
    void aRefreshTokenThatWasNotUsedForTooLongIsNotActive() {
        settings = new Settings(
                true, DEFAULTS, SETTINGS.reuseLeeway(), SETTINGS.tokens(), Optional.of(Duration.ofDays(1)));
        now = issued.grant().accessExpires().plus(Duration.ofDays(1));
        assertThat(ask(refresh, "")).isPresent();
        now = now.plusMillis(1);
        assertThat(ask(refresh, "")).isEmpty();
    }

    @Test
    void aReplacedRefreshTokenIsNotActiveButItsAccessTokenIsDuringTheLeeway() {
        rotate();
        assertThat(ask(refresh, "")).isEmpty();
        assertThat(ask(access, "")).isPresent();
        now = NOW.plusSeconds(30);
        assertThat(ask(access, "")).isEmpty();
    }

    @Test
    void aTokenThatTheResourceServerMayNotSeeIsNotActive() {
        storage.put(server("files", "s3cret", Optional.of(Set.of(new ClientId("another"))), true), NOW);
        assertThat(ask(access, "")).isEmpty();
        assertThat(ask(refresh, "")).isEmpty();
        storage.put(server("files", "s3cret", Optional.of(Set.of(CLIENT)), true), NOW);
        assertThat(ask(access, "")).isPresent();
    }

    @Test
    void anUnauthenticatedResourceServerIsRefused() {
        refuses("invalid_client", () -> ask(Optional.empty(), access));
        refuses("invalid_client", () -> ask(Optional.of(new ClientSecret("files", "S3cret")), access));
        refuses("invalid_client", () -> ask(Optional.of(new ClientSecret("files", "")), access));
        refuses("invalid_client", () -> ask(Optional.of(new ClientSecret("Files", "s3cret")), access));
        refuses("invalid_client", () -> ask(Optional.of(new ClientSecret("nobody", "")), access));
        refuses("invalid_client", () -> ask(Optional.of(new ClientSecret("", "")), access));
        storage.put(server("files", "s3cret", Optional.empty(), false), NOW);
        refuses("invalid_client", () -> ask(Optional.of(new ClientSecret("files", "s3cret")), access));
    }

    @Test
    void onlyTheLogSaysWhetherTheResourceServerIsKnown() {
        Refusal unknown = refusal(() -> ask(Optional.of(new ClientSecret("nobody", "s3cret")), access));
        Refusal known = refusal(() -> ask(Optional.of(new ClientSecret("files", "S3cret")), access));
        assertThat(unknown.description()).isEqualTo(known.description());
        assertThat(unknown.detail()).contains(new Detail("the resource server is unknown"));
        assertThat(known.detail()).contains(new Detail("it is disabled, or its secret is wrong"));
    }

    // Revocation

    @Test
    void aRefreshTokenEndsTheWholeGrantForAnyHint() {
        revoke.revoke(CLIENT, presented(refresh, "access_token"), ADDRESS);
        assertThat(ask(access, "")).isEmpty();
        assertThat(ask(refresh, "")).isEmpty();
        assertThat(storage.auditLines())
                .last()
                .isEqualTo(AuditEvent.ended(revokedBy(Origin.Method.REFRESH_TOKEN), Ending.REVOKED, issued.grant()));
    }

    @Test
    void anAccessTokenEndsTheWholeGrantForAnyHint() {
        revoke.revoke(CLIENT, presented(access, "refresh_token"), ADDRESS);
        assertThat(ask(refresh, "")).isEmpty();
        assertThat(storage.auditLines())
                .last()
                .isEqualTo(AuditEvent.ended(revokedBy(Origin.Method.BEARER), Ending.REVOKED, issued.grant()));
    }

    @Test
    void aReplacedRefreshTokenEndsTheGrantToo() {
        Successor successor = rotate();
        now = NOW.plusSeconds(3600);
        revoke.revoke(CLIENT, presented(refresh, ""), ADDRESS);
        assertThat(ask(successor.tokens().access().reveal(), "")).isEmpty();
    }

    @Test
    void revokingAnInvalidTokenIsNoErrorAndChangesNothing() {
        revoke.revoke(CLIENT, presented("nobodys", ""), ADDRESS);
        now = issued.grant().accessExpires();
        revoke.revoke(CLIENT, presented(access, ""), ADDRESS);
        assertThat(ask(refresh, "")).isPresent();
        revoke.revoke(CLIENT, presented(refresh, ""), ADDRESS);
        int lines = storage.auditLines().size();
        revoke.revoke(CLIENT, presented(refresh, ""), ADDRESS);
        assertThat(storage.auditLines()).hasSize(lines);
    }

    @Test
    void revokingAnEndedGrantIsNoErrorForAnyClient() {
        revoke.revoke(CLIENT, presented(refresh, ""), ADDRESS);
        int lines = storage.auditLines().size();
        revoke.revoke(new ClientId("another"), presented(refresh, ""), ADDRESS);
        assertThat(storage.auditLines()).hasSize(lines);
    }

    @Test
    void anExpiredGrantIsNotEndedAgain() {
        now = issued.grant().refreshUntil();
        int lines = storage.auditLines().size();
        revoke.revoke(CLIENT, presented(refresh, ""), ADDRESS);
        revoke.revoke(new ClientId("another"), presented(refresh, ""), ADDRESS);
        assertThat(storage.auditLines()).hasSize(lines);
    }

    @Test
    void aTokenOfAnotherClientIsRefusedAndStaysValid() {
        ClientId another = new ClientId("another");
        refuses("invalid_grant", () -> revoke.revoke(another, presented(access, ""), ADDRESS));
        refuses("invalid_grant", () -> revoke.revoke(another, presented(refresh, ""), ADDRESS));
        assertThat(ask(access, "")).isPresent();
    }

    // The client and the token of a request

    @Test
    void onlyARegisteredAndEnabledClientIsAccepted() {
        IdentifyClient identify = new IdentifyClient(storage);
        assertThat(identify.identify(Optional.of(CLIENT.value()))).isEqualTo(CLIENT);
        refuses("invalid_request", () -> identify.identify(Optional.empty()));
        refuses("invalid_client", () -> identify.identify(Optional.of("another")));
        refuses("invalid_client", () -> identify.identify(Optional.of("\n")));
        storage.put(disabled(integration("certificate", rule(ALICE))), NOW);
        refuses("invalid_client", () -> identify.identify(Optional.of(CLIENT.value())));
    }

    @Test
    void aMissingTokenIsRefused() {
        refuses("invalid_request", () -> PresentedToken.of(Optional.empty(), Optional.empty()));
    }

    @Test
    void theHintSaysWhichKindIsLookedUpFirst() {
        for (String hint : new String[] {"access_token", "nonsense", ""}) {
            assertThat(presented("either", hint).lookedUp(() -> Optional.of("access"), () -> Optional.of("refresh")))
                    .contains("access");
        }
        assertThat(presented("either", "refresh_token")
                        .lookedUp(() -> Optional.of("access"), () -> Optional.of("refresh")))
                .contains("refresh");
    }

    @Test
    void tokensAndSecretsAreNotShown() {
        assertThat(presented(access, "")).hasToString("PresentedToken[hidden]");
        assertThat(new ClientSecret("files", "s3cret")).hasToString("ClientSecret[files, secret hidden]");
    }

    private Optional<ActiveToken> ask(String token, String hint) {
        return introspect.introspect(Optional.of(new ClientSecret("files", "s3cret")), () -> presented(token, hint));
    }

    private Optional<ActiveToken> ask(Optional<ClientSecret> credentials, String token) {
        return introspect.introspect(credentials, () -> presented(token, ""));
    }

    private static Act.ByHolder revokedBy(Origin.Method method) {
        return new Act.ByHolder(ADDRESS.origin(method), NOW);
    }

    private Successor rotate() {
        Successor successor = Successor.of(refresh, TokenFormat.OPAQUE, KEYS, RANDOM::nextBytes);
        storage.rotate(
                issued.tokens().refresh().orElseThrow().digest(),
                storage.basis(issued.grant()),
                issued.grant().refreshed(now),
                successor,
                Duration.ofSeconds(30),
                new Act.ByHolder(ORIGIN, now));
        return successor;
    }

    private static PresentedToken presented(String token, String hint) {
        return PresentedToken.of(Optional.of(token), Optional.of(hint));
    }

    private static ResourceServer server(
            String id, String secret, Optional<Set<ClientId>> integrations, boolean enabled) {
        return new ResourceServer(
                new ResourceServerId(id), Sha256.of(secret.getBytes(StandardCharsets.UTF_8)), integrations, enabled);
    }

    private static void refuses(String code, ThrowingCallable call) {
        assertThat(refusal(call).code()).isEqualTo(code);
    }

    private static Refusal refusal(ThrowingCallable call) {
        return catchThrowableOfType(RefusedException.class, call).refusal();
    }
}
