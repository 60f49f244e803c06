package dev.kerbearer.application.grant;

import dev.kerbearer.application.directory.Directories;
import dev.kerbearer.application.grant.HolderAccess.Access;
import dev.kerbearer.domain.audit.Act;
import dev.kerbearer.domain.audit.AuditEvent;
import dev.kerbearer.domain.audit.Origin;
import dev.kerbearer.domain.grant.Grant;
import dev.kerbearer.domain.grant.IssuedGrant;
import dev.kerbearer.domain.grant.PresentedRefreshToken;
import dev.kerbearer.domain.grant.PresentedRefreshToken.State;
import dev.kerbearer.domain.grant.Rotation;
import dev.kerbearer.domain.grant.Successor;
import dev.kerbearer.domain.grant.TokenDigest;
import dev.kerbearer.domain.grant.TokenPair;
import dev.kerbearer.domain.key.ServerKeys;
import dev.kerbearer.domain.port.ApiIntegrations;
import dev.kerbearer.domain.port.AuditLog;
import dev.kerbearer.domain.port.Grants;
import dev.kerbearer.domain.port.RefreshTally;
import dev.kerbearer.domain.port.TokenCodec;
import dev.kerbearer.domain.port.Unavailable;
import dev.kerbearer.domain.refusal.Detail;
import dev.kerbearer.domain.refusal.Parties;
import dev.kerbearer.domain.refusal.Refusal;
import dev.kerbearer.domain.refusal.RefusedException;
import dev.kerbearer.domain.secret.SecretSource;
import dev.kerbearer.domain.settings.Settings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Exchanges a refresh token for a new token pair: {@code POST authorize/token} of {@code docs/wire.md}, and RFC 6749
 * section 6. It checks the client before it reveals or changes anything, so that a replay by another client cannot end
 * a grant.
 *
 * <p>The usual refresh costs two statements, because the integration and the caller are cached, as in
 * {@link IssueGrant}.
 */
public final class RefreshGrant {

    private final Supplier<Settings> settings;
    private final HolderAccess holderAccess;
    private final TokenCodec codec;
    private final Grants grants;
    private final AuditLog auditLog;
    private final ServerKeys keys;
    private final SecretSource secrets;
    private final RefreshTally tally;
    private final InstantSource clock;

    /**
     * @param settings the current system settings
     * @param integrations the registered integrations
     * @param directories check whether the grant's identity may still sign in
     * @param codec writes tokens
     * @param grants the recorded grants
     * @param auditLog records repeated answers
     * @param keys derive token pairs
     * @param secrets the source of nonces
     * @param tally counts repeated answers and reuse
     * @param clock decides what has expired
     */
    public RefreshGrant(
            Supplier<Settings> settings,
            ApiIntegrations integrations,
            Directories directories,
            TokenCodec codec,
            Grants grants,
            AuditLog auditLog,
            ServerKeys keys,
            SecretSource secrets,
            RefreshTally tally,
            InstantSource clock) {
        this.settings = settings;
        this.holderAccess = new HolderAccess(integrations, directories, grants);
        this.codec = codec;
        this.grants = grants;
        this.auditLog = auditLog;
        this.keys = keys;
        this.secrets = secrets;
        this.tally = tally;
        this.clock = clock;
    }

    /** A checked request. */
    private record Call(String token, TokenDigest digest, Grant grant, Act.ByHolder act) {}

    /**
     * Returns the current grant with the live pair.
     *
     * @param origin the origin of the request, for the audit log
     * @throws RefusedException with the refusals of {@code docs/wire.md}; some of them have ended the grant
     * @throws Unavailable if storage, a directory, a server key or a signing key is unavailable; nothing is replaced
     *     then
     */
    public IssuedGrant refresh(RefreshRequest request, Origin origin) {
        String client = clientIdIsGiven(request);
        String token = refreshTokenIsGiven(request);
        Act.ByHolder act = new Act.ByHolder(origin, clock.instant());
        TokenDigest digest = TokenDigest.ofPresented(token);
        PresentedRefreshToken presented = tokenIsKnown(digest);
        try {
            tokenIsOfThisClient(presented, client);
            grantLives(presented, act.at());
            tokenIsNotReused(presented, digest, act);
            scopeIsTheGranted(request, presented.grant());
            return refreshed(new Call(token, digest, presented.grant(), act));
        } catch (RefusedException refused) {
            throw refused.concerning(
                    new Parties(Optional.of(presented.grant().identity().toString()), Optional.of(client)));
        }
    }

    private IssuedGrant refreshed(Call call) {
        Access access = callerStillHasAccess(call);
        tokenCanBeSigned(call);
        return rotated(call, access);
    }

    private static String clientIdIsGiven(RefreshRequest request) {
        return request.clientId()
                .filter(id -> !id.isEmpty())
                .orElseThrow(() -> Refusal.clientIdMissing().asException());
    }

    private static String refreshTokenIsGiven(RefreshRequest request) {
        return request.refreshToken()
                .filter(token -> !token.isEmpty())
                .orElseThrow(() -> Refusal.refreshTokenMissing().asException());
    }

    private PresentedRefreshToken tokenIsKnown(TokenDigest digest) {
        return grants.findByRefreshToken(digest).orElseThrow(() -> invalid("the token is unknown"));
    }

    /** RFC 6749 section 6: the refresh token is bound to the client to which it was issued. */
    private static void tokenIsOfThisClient(PresentedRefreshToken presented, String client) {
        if (!presented.grant().client().value().equals(client)) {
            throw Refusal.refreshTokenOfAnotherClient(
                            new Detail("it was issued to " + presented.grant().client()))
                    .asException();
        }
    }

    private void grantLives(PresentedRefreshToken presented, Instant now) {
        if (presented.state() == State.ENDED) {
            throw invalid("its grant was ended");
        }
        if (presented.grant().isOverAt(now)) {
            throw invalid("its grant has expired");
        }
        if (settings.get().countsAsUnused(presented.grant(), now)) {
            throw invalid("its grant was unused for too long");
        }
    }

    /**
     * RFC 9700 section 4.14.2: a refresh token that is used twice is a sign of theft. The grant ends, for the client
     * and for the thief.
     */
    private void tokenIsNotReused(PresentedRefreshToken presented, TokenDigest digest, Act.ByHolder act) {
        if (presented.state() == State.REUSED) {
            throw reused(digest, act);
        }
    }

    /** RFC 6749 section 6 also allows a narrower scope. Here a grant and its tokens always have the same scope. */
    private static void scopeIsTheGranted(RefreshRequest request, Grant grant) {
        if (request.scope().filter(scope -> !scope.equals(grant.scope())).isPresent()) {
            throw Refusal.scopeNotAsGranted().asException();
        }
    }

    private Access callerStillHasAccess(Call call) {
        return holderAccess.remembered(call.grant()).orElseGet(() -> currentAccess(call));
    }

    private Access currentAccess(Call call) {
        return holderAccess.current(call.grant(), call.act());
    }

    /** Without a key, a caller who has lost access is still refused for that. */
    private void tokenCanBeSigned(Call call) {
        try {
            codec.requireEncodable(call.grant().form());
        } catch (Unavailable noKey) {
            currentAccess(call);
            throw noKey;
        }
    }

    /** Decides again by the current rules if they have changed since they were read. */
    private IssuedGrant rotated(Call call, Access remembered) {
        Successor successor = Successor.of(call.token(), call.grant().form().format(), keys, secrets);
        Rotation rotation = Attempts.until(
                call.grant().client(),
                remembered,
                () -> currentAccess(call),
                access -> rotation(call, access, successor));
        return answer(call, rotation, successor);
    }

    /** Returns the outcome of the rotation; empty if the rules have changed since the decision. */
    private Optional<Rotation> rotation(Call call, Access access, Successor successor) {
        Grant next = call.grant()
                .refreshed(
                        call.act().at(),
                        settings.get().tokens().longest(call.grant().form()));
        Duration leeway = access.integration()
                .reuseLeeway()
                .orElseGet(settings.get()::reuseLeeway)
                .duration();
        Rotation rotation = grants.rotate(call.digest(), access.basis(), next, successor, leeway, call.act());
        return Optional.of(rotation).filter(outcome -> !(outcome instanceof Rotation.Changed));
    }

    private IssuedGrant answer(Call call, Rotation rotation, Successor successor) {
        if (rotation instanceof Rotation.Rotated done) {
            return new IssuedGrant(done.grant(), successor.tokens());
        }
        if (rotation instanceof Rotation.Repeated again) {
            IssuedGrant answer = new IssuedGrant(again.grant(), livePair(call.token(), again));
            auditLog.write(AuditEvent.repeated(call.act(), again.grant()));
            tally.repeated();
            return answer;
        }
        if (rotation instanceof Rotation.Reused) {
            throw reused(call.digest(), call.act());
        }
        throw invalid(
                rotation instanceof Rotation.Unrepeatable
                        ? "the live pair is too many rotations later"
                        : "its grant was ended at the same time");
    }

    private TokenPair livePair(String token, Rotation.Repeated again) {
        return Successor.follow(token, again.grant().form().format(), again.links(), keys)
                .orElseThrow(() -> new Unavailable(
                        "server key", new IllegalStateException("this node does not have the key of a rotation")));
    }

    private RefusedException reused(TokenDigest digest, Act.ByHolder act) {
        boolean ended = endedForReuse(digest, act);
        tally.reused(ended);
        return invalid(
                ended ? "it was reused, so its grant is ended" : "it was reused, and its grant had already ended");
    }

    /**
     * Ends the grant of a reused token. If that fails, a thief may hold the live pair. The failure is therefore counted
     * and logged. The client is told to try again, which helps because the presented token stays marked as reused.
     */
    private boolean endedForReuse(TokenDigest digest, Act.ByHolder act) {
        try {
            return grants.endReused(digest, act);
        } catch (RuntimeException notEnded) {
            tally.reusedAndNotEnded(notEnded);
            throw notEnded instanceof Unavailable away ? away : new Unavailable("storage", notEnded);
        }
    }

    static RefusedException invalid(String detail) {
        return Refusal.invalidRefreshToken(new Detail(detail)).asException();
    }
}
