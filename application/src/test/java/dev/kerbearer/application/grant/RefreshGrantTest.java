package dev.kerbearer.application.grant;

import static dev.kerbearer.domain.Samples.ALICE;
import static dev.kerbearer.domain.Samples.CLIENT;
import static dev.kerbearer.domain.Samples.NOW;
import static dev.kerbearer.domain.Samples.ORIGIN;
import static dev.kerbearer.domain.Samples.SETTINGS;
import static dev.kerbearer.domain.Samples.disabled;
import static dev.kerbearer.domain.Samples.integration;
import static dev.kerbearer.domain.Samples.localName;
import static dev.kerbearer.domain.Samples.rule;
import static dev.kerbearer.domain.Samples.signIn;
import static dev.kerbearer.domain.Samples.terms;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kerbearer.application.directory.Directories;
import dev.kerbearer.domain.audit.Act;
import dev.kerbearer.domain.audit.AuditEvent;
import dev.kerbearer.domain.audit.AuditEvent.Action;
import dev.kerbearer.domain.audit.Origin;
import dev.kerbearer.domain.grant.Grant;
import dev.kerbearer.domain.grant.IssuedGrant;
import dev.kerbearer.domain.grant.TokenSecret;
import dev.kerbearer.domain.identity.Identity;
import dev.kerbearer.domain.identity.LocalIdentity;
import dev.kerbearer.domain.identity.PrefixedName;
import dev.kerbearer.domain.identity.Principal;
import dev.kerbearer.domain.identity.Provider;
import dev.kerbearer.domain.integration.ApiIntegration;
import dev.kerbearer.domain.integration.ReuseLeeway;
import dev.kerbearer.domain.integration.TokenForm;
import dev.kerbearer.domain.integration.TokenFormat;
import dev.kerbearer.domain.key.ServerKey;
import dev.kerbearer.domain.key.ServerKeys;
import dev.kerbearer.domain.port.ApiIntegrations;
import dev.kerbearer.domain.port.Directory;
import dev.kerbearer.domain.port.InMemoryStorage;
import dev.kerbearer.domain.port.OpaqueTokenCodec;
import dev.kerbearer.domain.port.RefreshTally;
import dev.kerbearer.domain.port.TokenCodec;
import dev.kerbearer.domain.port.Unavailable;
import dev.kerbearer.domain.refusal.Refusal;
import dev.kerbearer.domain.refusal.RefusedException;
import dev.kerbearer.domain.scope.Scope;
import dev.kerbearer.domain.settings.Settings;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The answers to a refresh token. */
class RefreshGrantTest {

    private static final Origin FROM = new Origin("127.0.0.9", Origin.Method.REFRESH_TOKEN);
    private static final ApiIntegration OPEN = integration("certificate", rule(ALICE));

    private Instant now = NOW;
    private final InstantSource clock = () -> now;
    private final InMemoryStorage storage = new InMemoryStorage(clock);
    private Settings settings = SETTINGS;
    private Directory directory = storage;
    private TokenCodec codec = new OpaqueTokenCodec();
    private ServerKeys keys = new ServerKeys(ServerKey.of(new byte[ServerKey.LENGTH]), List.of());
    private final Counts counts = new Counts();
    private final IssuedGrant issued = Grant.issue(
            ALICE, CLIENT, Scope.parse("certificate"), SETTINGS.terms(), NOW, new SecureRandom()::nextBytes);

    private static final class Counts implements RefreshTally {
        private int repeated;
        private int reused;
        private int ended;

        @Override
        public void repeated() {
            repeated++;
        }

        @Override
        public void reused(boolean endedGrant) {
            reused++;
            ended += endedGrant ? 1 : 0;
        }

        @Override
        public void reusedAndNotEnded(Throwable why) {
            throw new AssertionError("storage is there", why);
        }
    }

    @BeforeEach
    void aliceHasAGrant() {
        storage.put(alice(true), NOW);
        storage.put(OPEN, NOW);
        storage.issue(issued, storage.basis(issued.grant()), signIn("a"), new Act.ByHolder(ORIGIN, NOW));
    }

    @Test
    void bothTokensAreReplacedAndTheEndOfTheGrantStays() {
        now = NOW.plusSeconds(100);
        IssuedGrant next = refresh(first());
        assertThat(next.grant().accessIssuedAt())
                .isEqualTo(issued.grant().issuedAt().plusSeconds(100));
        assertThat(next.grant().accessExpires())
                .isEqualTo(issued.grant().accessExpires().plusSeconds(100));
        assertThat(next.grant().refreshUntil()).isEqualTo(issued.grant().refreshUntil());
        assertThat(next.grant().scope()).isEqualTo(issued.grant().scope());
        assertThat(next.tokens().access().reveal())
                .isNotEqualTo(issued.tokens().access().reveal());
        assertThat(refreshTokenOf(next)).isNotEqualTo(first());
        assertThat(storage.findByAccessToken(next.tokens().access().digest())).contains(next.grant());
    }

    @Test
    void anAccessTokenNeverOutlivesItsGrant() {
        now = issued.grant().refreshUntil().minusSeconds(10);
        assertThat(refresh(first()).grant().accessExpires())
                .isEqualTo(issued.grant().refreshUntil());
    }

    @Test
    void aRepeatWithinTheLeewayGetsTheSameAnswer() {
        IssuedGrant next = refresh(first());
        now = now.plusSeconds(29);
        IssuedGrant again = refresh(first());
        assertThat(again.grant()).isEqualTo(next.grant());
        assertThat(again.tokens().access().reveal())
                .isEqualTo(next.tokens().access().reveal());
        assertThat(refreshTokenOf(again)).isEqualTo(refreshTokenOf(next));
        assertThat(counts.repeated).isEqualTo(1);
        assertThat(storage.auditLines())
                .last()
                .isEqualTo(AuditEvent.repeated(new Act.ByHolder(FROM, now), next.grant()));
    }

    @Test
    void aRepeatAfterAFurtherRefreshGetsTheLivePair() {
        IssuedGrant third = refresh(refreshTokenOf(refresh(first())));
        assertThat(refreshTokenOf(refresh(first()))).isEqualTo(refreshTokenOf(third));
    }

    @Test
    void afterTheLeewayAReplacedTokenEndsTheGrantAndTheAddressIsAudited() {
        IssuedGrant next = refresh(first());
        now = now.plusSeconds(30);
        refuses(first(), "invalid_grant");
        refuses(refreshTokenOf(next), "invalid_grant");
        assertThat(storage.findByAccessToken(next.tokens().access().digest())).isEmpty();
        assertThat(storage.auditLines()).last().satisfies(line -> {
            assertThat(line.action()).isEqualTo(Action.GRANT_REUSED);
            assertThat(line.origin().address()).isEqualTo("127.0.0.9");
        });
        assertThat(counts.reused).isEqualTo(1);
        assertThat(counts.ended).isEqualTo(1);
    }

    @Test
    void anIntegrationCanHaveItsOwnLeeway() {
        storage.put(
                new ApiIntegration(
                        OPEN.id(),
                        OPEN.description(),
                        OPEN.scope(),
                        OPEN.terms(),
                        Optional.of(ReuseLeeway.ofSeconds(0)),
                        OPEN.tokens(),
                        true,
                        OPEN.access()),
                NOW);
        refresh(first());
        refuses(first(), "invalid_grant");
        assertThat(counts.reused).isEqualTo(1);
    }

    @Test
    void aReplayByAnotherClientIsRefusedAndEndsNothing() {
        IssuedGrant next = refresh(first());
        now = now.plusSeconds(60);
        assertThat(refused(Optional.of("other"), Optional.of(first())).description())
                .startsWith("The client_id value being requested with the refresh token does not match");
        assertThat(refresh(refreshTokenOf(next)).grant().id())
                .isEqualTo(issued.grant().id());
    }

    @Test
    void theRefusalNamesTheMissingParameter() {
        assertThat(refused(Optional.empty(), Optional.of(first())).description())
                .contains("client_id");
        assertThat(refused(Optional.of(""), Optional.of(first())).code()).isEqualTo("invalid_request");
        assertThat(refused(Optional.of("sample-client"), Optional.empty()).description())
                .contains("refresh_token");
    }

    @Test
    void anEmptyRefreshTokenCountsAsMissing() {
        Refusal refusal = refused(Optional.of("sample-client"), Optional.of(""));
        assertThat(refusal.code()).isEqualTo("invalid_request");
        assertThat(refusal.description()).contains("refresh_token");
    }

    @Test
    void aRequestShowsNoToken() {
        assertThat(new RefreshRequest(Optional.of("sample-client"), Optional.of("secret-token")).toString())
                .contains("sample-client")
                .doesNotContain("secret-token");
    }

    @Test
    void unknownExpiredAndRevokedTokensAreRefusedInTheSameWords() {
        Refusal unknown = refused(Optional.of("sample-client"), Optional.of("nobody's"));
        assertThat(unknown.description())
                .isEqualTo("Grant has been revoked, has expired, or the refresh token is invalid");
        now = issued.grant().refreshUntil();
        assertThat(refuses(first(), "invalid_grant").description()).isEqualTo(unknown.description());
        now = NOW;
        storage.revoke(issued.tokens().access().digest(), new Act.ByHolder(FROM, NOW));
        assertThat(refuses(first(), "invalid_grant").description()).isEqualTo(unknown.description());
    }

    @Test
    void aGrantThatIsNotUsedForTooLongCountsAsExpired() {
        settings = new Settings(
                true, SETTINGS.terms(), SETTINGS.reuseLeeway(), SETTINGS.tokens(), Optional.of(Duration.ofDays(10)));
        now = issued.grant().accessExpires().plus(Duration.ofDays(10)).plusSeconds(1);
        refuses(first(), "invalid_grant");
        now = now.minusSeconds(1);
        refresh(first());
    }

    @Test
    void aUserWithoutAccessIsRefusedUntilAccessIsRestored() {
        storage.put(integration("certificate"), NOW);
        refuses(first(), "unauthorized_client");
        storage.put(integration("ssh", rule(ALICE, "codesign")), NOW);
        assertThat(refresh(first()).grant().scope().asGranted())
                .as("a rule is needed, but its scope does not matter")
                .isEqualTo("certificate");
    }

    @Test
    void disablingAnIntegrationEndsItsGrantsForGood() {
        storage.put(disabled(OPEN), NOW);
        storage.put(OPEN, NOW);
        refuses(first(), "invalid_grant");
    }

    @Test
    void theGrantOfADisabledUserEnds() {
        directory = new Answering(new Directory.Recognition.Disabled(ALICE));
        refuses(first(), "invalid_grant");
        directory = storage;
        refuses(first(), "invalid_grant");
        assertThat(storage.auditLines())
                .last()
                .satisfies(line -> assertThat(line.action()).isEqualTo(Action.GRANT_ENDED));
    }

    @Test
    void aUserWhoMustChangeThePasswordIsRefusedAndTheGrantStays() {
        directory = new Answering(new Directory.Recognition.MustChangePassword(ALICE));
        refuses(first(), "invalid_grant");
        directory = storage;
        refresh(first());
    }

    @Test
    void theGrantOfAnExpiredUserEnds() {
        directory = new Answering(new Directory.Recognition.Expired(ALICE));
        refuses(first(), "invalid_grant");
        directory = storage;
        refuses(first(), "invalid_grant");
    }

    @Test
    void nothingIsReplacedWhileTheDirectoryIsUnavailable() {
        directory = new Answering(null);
        assertThatThrownBy(() -> refresh(first())).isInstanceOf(Unavailable.class);
        directory = storage;
        refresh(first());
        assertThat(counts.repeated).as("the token was not replaced before").isZero();
    }

    @Test
    void nothingIsReplacedIfTheNextTokenCannotBeSigned() {
        IssuedGrant signed = signedGrant();
        codec = OpaqueTokenCodec.withoutSigningKey();
        assertThatThrownBy(() -> refresh(refreshTokenOf(signed))).isInstanceOf(Unavailable.class);
        assertThat(refresh(first()).tokens().refresh()).as("an opaque token").isPresent();
        codec = new OpaqueTokenCodec();
        refresh(refreshTokenOf(signed));
        assertThat(counts.repeated).as("the token was not replaced before").isZero();
    }

    @Test
    void aRotationWithAKeyThatThisNodeDoesNotHoldIsNoReuse() {
        IssuedGrant next = refresh(first());
        ServerKeys both = keys;
        byte[] other = new byte[ServerKey.LENGTH];
        other[0] = 1;
        keys = new ServerKeys(ServerKey.of(other), List.of());
        assertThatThrownBy(() -> refresh(first())).isInstanceOf(Unavailable.class);
        keys = new ServerKeys(ServerKey.of(other), List.of(both.current()));
        assertThat(refreshTokenOf(refresh(first()))).isEqualTo(refreshTokenOf(next));
        assertThat(counts.reused).isZero();
    }

    /** A directory that gives the same answer for every user, or is unavailable. */
    private record Answering(@Nullable Recognition answer) implements Directory {

        @Override
        public Recognition recognise(Principal principal) {
            return answered();
        }

        @Override
        public Recognition recognise(Identity identity) {
            return answered();
        }

        private Recognition answered() {
            if (answer == null) {
                throw new Unavailable("directory", new IllegalStateException("away"));
            }
            return answer;
        }

        @Override
        public Optional<Identity> find(PrefixedName name) {
            return Optional.empty();
        }
    }

    @Test
    void theScopeMustBeAsGrantedOrLeftOut() {
        RefreshRequest narrower =
                new RefreshRequest(Optional.of("sample-client"), Optional.of(first()), Optional.of(Scope.parse("any")));
        assertThatThrownBy(() -> refresh(narrower))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.refusal()).isEqualTo(Refusal.scopeNotAsGranted()));
        RefreshRequest same = new RefreshRequest(
                Optional.of("sample-client"),
                Optional.of(first()),
                Optional.of(issued.grant().scope()));
        assertThat(refresh(same).grant().scope()).isEqualTo(issued.grant().scope());
    }

    /** {@code /oauth2/token} identifies the client first; both steps use what is remembered. */
    @Test
    void aRefreshReadsNeitherTheIntegrationNorTheUserIfBothAreRemembered() {
        Remembering rules = new Remembering(storage);
        directory = rules;
        IssuedGrant next = refreshedAsClient(rules);
        assertThat(next.grant().client()).isEqualTo(CLIENT);
        assertThat(rules.reads()).isZero();
    }

    @Test
    void theCurrentRulesDecideIfTheRememberedOnesAreOutdated() {
        Remembering rules = new Remembering(storage);
        directory = rules;
        storage.put(integration("certificate", terms(60, 600, null), rule(ALICE)), NOW);
        storage.put(alice(true), NOW);
        assertThat(refreshed(rules).tokens().refresh()).isPresent();
        assertThat(rules.reads()).isPositive();
    }

    @Test
    void accessThatIsWithdrawnAfterTheRulesWereReadIsRefused() {
        Remembering rules = new Remembering(storage);
        directory = rules;
        storage.put(integration("certificate"), NOW);
        assertThatThrownBy(() -> refreshed(rules))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.refusal()).isEqualTo(Refusal.noAccess()));
    }

    @Test
    void accessThatIsWithdrawnIsRefusedEvenIfTheNextTokenCannotBeSigned() {
        IssuedGrant signed = signedGrant();
        Remembering rules = new Remembering(storage);
        directory = rules;
        storage.put(integration("certificate"), NOW);
        codec = OpaqueTokenCodec.withoutSigningKey();
        assertThatThrownBy(() -> refresh(
                        new RefreshRequest(Optional.of("sample-client"), Optional.of(refreshTokenOf(signed))), rules))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.refusal()).isEqualTo(Refusal.noAccess()));
    }

    @Test
    void accessThatIsGivenAfterTheRulesWereReadCounts() {
        storage.put(integration("certificate"), NOW);
        Remembering rules = new Remembering(storage);
        directory = rules;
        storage.put(OPEN, NOW);
        assertThat(refreshed(rules).tokens().refresh()).isPresent();
    }

    @Test
    void aUserWhoIsDisabledAfterTheRulesWereReadLosesTheGrant() {
        Remembering rules = new Remembering(storage);
        directory = rules;
        storage.put(alice(false), NOW);
        assertThatThrownBy(() -> refreshed(rules)).isInstanceOf(RefusedException.class);
        assertThat(storage.findByAccessToken(issued.tokens().access().digest())).isEmpty();
    }

    @Test
    void aClientThatIsDisabledAfterItWasReadIsUnknown() {
        Remembering rules = new Remembering(storage);
        storage.put(disabled(OPEN), NOW);
        assertThatThrownBy(() -> refreshedAsClient(rules))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.refusal()).isEqualTo(Refusal.unknownClient()));
    }

    /** Returns a stored grant whose access tokens are signed. */
    private IssuedGrant signedGrant() {
        IssuedGrant signed = Grant.issue(
                ALICE,
                CLIENT,
                Scope.parse("certificate"),
                SETTINGS.terms(),
                new TokenForm(TokenFormat.JWT, Optional.empty()),
                Optional.empty(),
                NOW,
                new SecureRandom()::nextBytes);
        storage.issue(signed, storage.basis(signed.grant()), signIn("b"), new Act.ByHolder(ORIGIN, NOW));
        return signed;
    }

    private IssuedGrant refreshedAsClient(Remembering rules) {
        return new RefreshAsClient(rules, new IdentifyClient(rules), useCase(rules))
                .refresh(
                        Optional.of("sample-client"),
                        client -> new RefreshRequest(Optional.of(client.value()), Optional.of(first())),
                        FROM);
    }

    private IssuedGrant refreshed(Remembering rules) {
        return refresh(new RefreshRequest(Optional.of("sample-client"), Optional.of(first())), rules);
    }

    private String first() {
        return refreshTokenOf(issued);
    }

    private static String refreshTokenOf(IssuedGrant grant) {
        return grant.tokens().refresh().map(TokenSecret::reveal).orElseThrow();
    }

    private IssuedGrant refresh(String token) {
        return refresh(Optional.of("sample-client"), Optional.of(token));
    }

    private IssuedGrant refresh(Optional<String> client, Optional<String> token) {
        return refresh(new RefreshRequest(client, token));
    }

    private IssuedGrant refresh(RefreshRequest request) {
        return refresh(request, storage);
    }

    private IssuedGrant refresh(RefreshRequest request, ApiIntegrations integrations) {
        return useCase(integrations).refresh(request, FROM);
    }

    private RefreshGrant useCase(ApiIntegrations integrations) {
        return new RefreshGrant(
                () -> settings,
                integrations,
                new Directories(Map.of(Provider.LOCAL, directory), Map.of()),
                codec,
                storage,
                storage,
                keys,
                new SecureRandom()::nextBytes,
                counts,
                clock);
    }

    private Refusal refuses(String token, String code) {
        Refusal refusal = refused(Optional.of("sample-client"), Optional.of(token));
        assertThat(refusal.code()).as(refusal.toString()).isEqualTo(code);
        return refusal;
    }

    private Refusal refused(Optional<String> client, Optional<String> token) {
        try {
            refresh(client, token);
        } catch (RefusedException refused) {
            return refused.refusal();
        }
        throw new AssertionError("it was not refused");
    }

    private static LocalIdentity alice(boolean enabled) {
        return new LocalIdentity(localName("alice"), Optional.of(ALICE.guid()), Set.of(), Set.of(), enabled);
    }
}
