package dev.kerbearer.application.grant;

import static dev.kerbearer.domain.Samples.ALICE;
import static dev.kerbearer.domain.Samples.CLIENT;
import static dev.kerbearer.domain.Samples.NOW;
import static dev.kerbearer.domain.Samples.ORIGIN;
import static dev.kerbearer.domain.Samples.integration;
import static dev.kerbearer.domain.Samples.localName;
import static dev.kerbearer.domain.Samples.rule;
import static dev.kerbearer.domain.Samples.signIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kerbearer.domain.audit.Act;
import dev.kerbearer.domain.audit.Origin;
import dev.kerbearer.domain.grant.Grant;
import dev.kerbearer.domain.grant.IssuedGrant;
import dev.kerbearer.domain.identity.LocalIdentity;
import dev.kerbearer.domain.integration.GrantTerms;
import dev.kerbearer.domain.integration.Validity;
import dev.kerbearer.domain.port.InMemoryStorage;
import dev.kerbearer.domain.port.OpaqueTokenCodec;
import dev.kerbearer.domain.port.TokenCodec;
import dev.kerbearer.domain.refusal.Detail;
import dev.kerbearer.domain.refusal.Parties;
import dev.kerbearer.domain.refusal.Refusal;
import dev.kerbearer.domain.refusal.RefusedException;
import dev.kerbearer.domain.scope.Scope;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Verifying and revoking. */
class TokenUseCasesTest {

    private static final Origin BEARER = new Origin("127.0.0.1", Origin.Method.BEARER);

    private final TokenCodec codec = new OpaqueTokenCodec();
    private final InMemoryStorage storage = new InMemoryStorage();
    private final IssuedGrant issued = Grant.issue(
            ALICE,
            CLIENT,
            Scope.parse("certificate"),
            new GrantTerms(Validity.ofSeconds(60), Validity.ofSeconds(600), true),
            NOW,
            new SecureRandom()::nextBytes);
    private final String accessToken = issued.tokens().access().reveal();
    private Instant now = NOW;
    private final InstantSource clock = () -> now;

    @BeforeEach
    void aliceHasAGrant() {
        storage.put(new LocalIdentity(localName("alice"), Optional.of(ALICE.guid()), Set.of(), Set.of(), true), NOW);
        storage.put(integration("certificate", rule(ALICE)), NOW);
        storage.issue(issued, storage.basis(issued.grant()), signIn("a"), new Act.ByHolder(ORIGIN, NOW));
    }

    @Test
    void aLiveAccessTokenIsVerified() {
        assertThat(new VerifyToken(codec, storage, clock).verify(accessToken)).isEqualTo(issued.grant());
    }

    @Test
    void anyOtherTokenIsRefusedInTheSameWords() {
        refuses("");
        refuses("nobody's");
        refuses(issued.tokens().refresh().orElseThrow().reveal());
        now = issued.grant().accessExpires();
        refuses(accessToken);
    }

    /** The answer to the client does not name them. */
    @Test
    void theLogNamesUserAndClientOfAnExpiredToken() {
        now = issued.grant().accessExpires();
        RefusedException refused = refusal(accessToken);
        assertThat(refused.refusal().detail()).contains(new Detail("it has expired"));
        assertThat(refused.parties())
                .isEqualTo(new Parties(Optional.of(ALICE.toString()), Optional.of(CLIENT.value())));
        assertThat(refusal("nobody's").parties()).isEqualTo(Parties.UNKNOWN);
    }

    @Test
    void aRevokedTokenIsRefused() {
        RevokeGrant revoke = new RevokeGrant(codec, storage, clock);
        assertThat(revoke.revoke(accessToken, BEARER)).contains(issued.grant());
        refuses(accessToken);
        assertThat(revoke.revoke(accessToken, BEARER)).isEmpty();
    }

    @Test
    void anExpiredTokenRevokesNothing() {
        now = issued.grant().accessExpires();
        assertThat(new RevokeGrant(codec, storage, clock).revoke(accessToken, BEARER))
                .isEmpty();
    }

    private void refuses(String token) {
        Refusal refusal = refusal(token).refusal();
        assertThat(refusal.kind()).isEqualTo(Refusal.invalidToken().kind());
        assertThat(refusal.description()).isEqualTo(Refusal.invalidToken().description());
    }

    private RefusedException refusal(String token) {
        return catchThrowableOfType(RefusedException.class, () -> new VerifyToken(codec, storage, clock).verify(token));
    }
}
