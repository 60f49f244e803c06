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
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kerbearer.application.directory.Directories;
import dev.kerbearer.domain.audit.Act;
import dev.kerbearer.domain.audit.AuditEvent;
import dev.kerbearer.domain.audit.AuditEvent.Action;
import dev.kerbearer.domain.audit.Origin;
import dev.kerbearer.domain.grant.Grant;
import dev.kerbearer.domain.grant.IssuedGrant;
import dev.kerbearer.domain.grant.TokenDigest;
import dev.kerbearer.domain.grant.TokenSecret;
import dev.kerbearer.domain.identity.LocalIdentity;
import dev.kerbearer.domain.identity.Provider;
import dev.kerbearer.domain.integration.ApiIntegration;
import dev.kerbearer.domain.key.ServerKey;
import dev.kerbearer.domain.key.ServerKeys;
import dev.kerbearer.domain.port.InMemoryStorage;
import dev.kerbearer.domain.port.OpaqueTokenCodec;
import dev.kerbearer.domain.port.RefreshTally;
import dev.kerbearer.domain.port.Unavailable;
import dev.kerbearer.domain.refusal.Detail;
import dev.kerbearer.domain.refusal.Parties;
import dev.kerbearer.domain.refusal.Refusal;
import dev.kerbearer.domain.refusal.RefusedException;
import dev.kerbearer.domain.scope.Scope;
import dev.kerbearer.domain.settings.Settings;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The reasons to refuse a refresh token, also those that arise during the refresh. */
class RefusedRefreshTest {

    private static final Origin FROM = new Origin("127.0.0.9", Origin.Method.REFRESH_TOKEN);
    private static final ApiIntegration OPEN = integration("certificate", rule(ALICE));
    private static final ServerKeys KEYS = new ServerKeys(ServerKey.of(new byte[ServerKey.LENGTH]), List.of());

    private Instant now = NOW;
    private final InMemoryStorage storage = new InMemoryStorage(() -> now);
    private Directories directories = new Directories(Map.of(Provider.LOCAL, storage), Map.of());
    private Settings settings = SETTINGS;
    private final Tally tally = new Tally();
    private final IssuedGrant issued = Grant.issue(
            ALICE, CLIENT, Scope.parse("certificate"), SETTINGS.terms(), NOW, new SecureRandom()::nextBytes);
    private final String first = refreshTokenOf(issued);

    /** Acts of others between the lookup of the token and the changes, because the settings are read at that time. */
    private Runnable meanwhile = () -> {};

    /** Records the counts in words. */
    private static final class Tally implements RefreshTally {
        private final List<String> counted = new ArrayList<>();

        @Override
        public void repeated() {
            counted.add("repeated");
        }

        @Override
        public void reused(boolean endedGrant) {
            counted.add(endedGrant ? "reused and ended" : "reused");
        }

        @Override
        public void reusedAndNotEnded(Throwable why) {
            counted.add("reused and not ended: " + why.getMessage());
        }
    }

    @BeforeEach
    void aliceHasAGrant() {
        storage.put(new LocalIdentity(localName("alice"), Optional.of(ALICE.guid()), Set.of(), Set.of(), true), NOW);
        storage.put(OPEN, NOW);
        storage.issue(issued, storage.basis(issued.grant()), signIn("a"), new Act.ByHolder(ORIGIN, NOW));
    }

    @Test
    void theDetailForTheLogHasTheExactReason() {
        refuses("nobodys", "the token is unknown");
        settings = new Settings(
                true, SETTINGS.terms(), SETTINGS.reuseLeeway(), SETTINGS.tokens(), Optional.of(Duration.ofDays(1)));
        now = issued.grant().refreshUntil().minusSeconds(1);
        refuses(first, "its grant was unused for too long");
        now = issued.grant().refreshUntil();
        refuses(first, "its grant has expired");
        now = NOW;
        revoke();
        refuses(first, "its grant was ended");
    }

    @Test
    void aReusedTokenEndsItsGrantWhateverTheRequestedScope() {
        IssuedGrant next = refresh(first);
        now = NOW.plusSeconds(30);
        storage.put(integration("certificate"), now);
        assertThat(refusal(first, Optional.of(Scope.parse("ssh"))))
                .isEqualTo(invalid("it was reused, so its grant is ended"));
        assertThat(storage.findByAccessToken(next.tokens().access().digest())).isEmpty();
    }

    /** Otherwise the thief could go on with the live pair. */
    @Test
    void ifReuseCannotBeWrittenTheGrantEndsTheNextTime() {
        IssuedGrant next = refresh(first);
        now = NOW.plusSeconds(30);
        storage.whileAuditFails(() -> assertThatThrownBy(() -> refresh(first))
                .isInstanceOf(Unavailable.class)
                .hasMessage("storage unavailable")
                .hasRootCauseMessage("the audit line cannot be written"));
        assertThat(tally.counted).containsExactly("reused and not ended: the audit line cannot be written");
        assertThat(storage.findByAccessToken(next.tokens().access().digest())).isPresent();
        refuses(first, "it was reused, so its grant is ended");
        assertThat(tally.counted).last().isEqualTo("reused and ended");
        assertThat(storage.findByAccessToken(next.tokens().access().digest())).isEmpty();
    }

    @Test
    void aTokenWhoseLeewayEndsMeanwhileIsReused() {
        IssuedGrant next = refresh(first);
        now = NOW.plusSeconds(29);
        meanwhile = () -> now = NOW.plusSeconds(30);
        refuses(first, "it was reused, so its grant is ended");
        assertThat(storage.findByAccessToken(next.tokens().access().digest())).isEmpty();
        assertThat(tally.counted).containsExactly("reused and ended");
    }

    @Test
    void twoSimultaneousReplaysEndTheGrantOnceAndAreBothCounted() {
        refresh(first);
        now = NOW.plusSeconds(30);
        meanwhile = () -> storage.endReused(TokenDigest.ofPresented(first), new Act.ByHolder(ORIGIN, now));
        refuses(first, "it was reused, and its grant had already ended");
        assertThat(tally.counted).containsExactly("reused");
        assertThat(storage.auditLines())
                .filteredOn(line -> line.action() == Action.GRANT_REUSED)
                .hasSize(1);
    }

    @Test
    void aGrantThatIsEndedMeanwhileGivesNoNewPair() {
        meanwhile = this::revoke;
        refuses(first, "its grant was ended at the same time");
        assertThat(storage.auditLines())
                .extracting(AuditEvent::action)
                .containsExactly(Action.GRANT_ISSUED, Action.GRANT_REVOKED);
        assertThat(tally.counted).isEmpty();
    }

    @Test
    void anIntegrationThatIsDisabledMeanwhileGivesNoNewPair() {
        meanwhile = () -> storage.put(disabled(OPEN), now);
        refuses(first, "its integration is not enabled");
    }

    @Test
    void aTokenMoreThan64RotationsOldIsRefusedAndNothingElseHappens() {
        String second = refreshTokenOf(refresh(first));
        String live = second;
        for (int i = 0; i < 64; i++) {
            live = refreshTokenOf(refresh(live));
        }
        refuses(first, "the live pair is too many rotations later");
        assertThat(tally.counted).isEmpty();
        assertThat(refreshTokenOf(refresh(second))).isEqualTo(live);
        assertThat(tally.counted).containsExactly("repeated");
    }

    @Test
    void nothingIsReplacedWithoutADirectoryForTheUser() {
        Directories configured = directories;
        directories = new Directories(Map.of(), Map.of());
        assertThatThrownBy(() -> refresh(first))
                .isInstanceOf(Unavailable.class)
                .hasMessage("directory unavailable")
                .hasRootCauseMessage("no directory is configured for " + ALICE);
        directories = configured;
        refresh(first);
        assertThat(tally.counted).as("the token was not replaced before").isEmpty();
    }

    private void revoke() {
        storage.revoke(issued.tokens().access().digest(), new Act.ByHolder(FROM, now));
    }

    private static String refreshTokenOf(IssuedGrant grant) {
        return grant.tokens().refresh().map(TokenSecret::reveal).orElseThrow();
    }

    private IssuedGrant refresh(String token) {
        return refresh(token, Optional.empty());
    }

    private IssuedGrant refresh(String token, Optional<Scope> scope) {
        return new RefreshGrant(
                        () -> {
                            meanwhile.run();
                            return settings;
                        },
                        storage,
                        directories,
                        new OpaqueTokenCodec(),
                        storage,
                        storage,
                        KEYS,
                        new SecureRandom()::nextBytes,
                        tally,
                        () -> now)
                .refresh(new RefreshRequest(Optional.of(CLIENT.value()), Optional.of(token), scope), FROM);
    }

    private void refuses(String token, String detail) {
        assertThat(refusal(token, Optional.empty())).isEqualTo(invalid(detail));
    }

    private Refusal refusal(String token, Optional<Scope> scope) {
        boolean isKnown =
                storage.findByRefreshToken(TokenDigest.ofPresented(token)).isPresent();
        RefusedException refused = catchThrowableOfType(RefusedException.class, () -> refresh(token, scope));
        assertThat(refused.parties())
                .as("whom the log names")
                .isEqualTo(
                        isKnown
                                ? new Parties(Optional.of(ALICE.toString()), Optional.of(CLIENT.value()))
                                : Parties.UNKNOWN);
        return refused.refusal();
    }

    private static Refusal invalid(String detail) {
        return Refusal.invalidRefreshToken(new Detail(detail));
    }
}
