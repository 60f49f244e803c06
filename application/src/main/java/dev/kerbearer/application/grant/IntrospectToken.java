package dev.kerbearer.application.grant;

import dev.kerbearer.application.grant.ActiveToken.Kind;
import dev.kerbearer.domain.digest.Sha256;
import dev.kerbearer.domain.grant.PresentedRefreshToken;
import dev.kerbearer.domain.grant.PresentedRefreshToken.State;
import dev.kerbearer.domain.port.Grants;
import dev.kerbearer.domain.port.ResourceServers;
import dev.kerbearer.domain.port.TokenCodec;
import dev.kerbearer.domain.refusal.Detail;
import dev.kerbearer.domain.refusal.Parties;
import dev.kerbearer.domain.refusal.Refusal;
import dev.kerbearer.domain.refusal.RefusedException;
import dev.kerbearer.domain.resource.ResourceServer;
import dev.kerbearer.domain.resource.ResourceServerId;
import dev.kerbearer.domain.settings.Settings;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/** Returns the state of a token to a resource server (RFC 7662). */
public final class IntrospectToken {

    /** Stands in for an unknown resource server, so that the check takes as long as for a wrong secret. */
    private static final ResourceServer NOBODY =
            new ResourceServer(new ResourceServerId("nobody"), Sha256.of(new byte[0]), Optional.empty(), false);

    private final Supplier<Settings> settings;
    private final ResourceServers resourceServers;
    private final TokenCodec codec;
    private final Grants grants;
    private final InstantSource clock;

    /**
     * @param settings the current system settings
     * @param resourceServers the registered resource servers
     * @param codec reads access tokens
     * @param grants the recorded grants
     * @param clock decides whether a token has expired
     */
    public IntrospectToken(
            Supplier<Settings> settings,
            ResourceServers resourceServers,
            TokenCodec codec,
            Grants grants,
            InstantSource clock) {
        this.settings = settings;
        this.resourceServers = resourceServers;
        this.codec = codec;
        this.grants = grants;
        this.clock = clock;
    }

    /**
     * Returns the token if it is valid now and the resource server may see it; otherwise empty.
     *
     * @param presented supplies the token; called only after the resource server is authenticated
     * @throws dev.kerbearer.domain.refusal.RefusedException {@code invalid_client} if the resource server is not
     *     authenticated
     * @throws dev.kerbearer.domain.port.Unavailable if the token cannot be checked now
     */
    public Optional<ActiveToken> introspect(Optional<ClientSecret> credentials, Supplier<PresentedToken> presented) {
        ResourceServer server = resourceServerIsAuthenticated(credentials);
        return active(presented.get())
                .filter(token -> server.maySee(token.grant().client()));
    }

    /** RFC 7662 section 2.1: the endpoint requires authorization, so that nobody can scan for tokens. */
    private ResourceServer resourceServerIsAuthenticated(Optional<ClientSecret> credentials) {
        ClientSecret given = credentials.orElseThrow(() -> refused("it sent no id and secret"));
        ResourceServer server = Optional.of(given.id())
                .filter(ResourceServerId::isWellFormed)
                .flatMap(id -> resourceServers.find(new ResourceServerId(id)))
                .orElse(NOBODY);
        if (!server.accepts(given.secret())) {
            throw refused(
                            server.equals(NOBODY)
                                    ? "the resource server is unknown"
                                    : "it is disabled, or its secret is wrong")
                    .concerning(Parties.client(given.id()));
        }
        return server;
    }

    private static RefusedException refused(String detail) {
        return Refusal.resourceServerNotAuthenticated(new Detail(detail)).asException();
    }

    private Optional<ActiveToken> active(PresentedToken presented) {
        Instant now = clock.instant();
        return presented.lookedUp(() -> access(presented, now), () -> refresh(presented, now));
    }

    private Optional<ActiveToken> access(PresentedToken presented, Instant now) {
        return codec.digestOf(presented.token())
                .flatMap(grants::findByAccessToken)
                .filter(grant -> grant.accessIsLiveAt(now))
                .map(grant -> new ActiveToken(grant, Kind.ACCESS));
    }

    /** A replaced token is used up, although its answer may still be repeated. */
    private Optional<ActiveToken> refresh(PresentedToken presented, Instant now) {
        return grants.findByRefreshToken(presented.refreshDigest())
                .filter(token -> token.state() == State.LIVE)
                .map(PresentedRefreshToken::grant)
                .filter(grant -> !grant.isOverAt(now) && !settings.get().countsAsUnused(grant, now))
                .map(grant -> new ActiveToken(grant, Kind.REFRESH));
    }
}
