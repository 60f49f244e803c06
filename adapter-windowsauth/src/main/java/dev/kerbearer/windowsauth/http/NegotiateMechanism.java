package dev.kerbearer.windowsauth.http;

import dev.kerbearer.domain.audit.Origin;
import dev.kerbearer.domain.refusal.Refusal;
import dev.kerbearer.domain.signin.SignIn;
import dev.kerbearer.windowsauth.channel.ChannelProtection;
import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.security.spi.runtime.BlockingSecurityExecutor;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Authenticates with HTTP Negotiate (RFC 4559) and, if enabled, NTLM: reads the {@code Authorization} header into an
 * {@link Offer} and lets one {@link Mechanism} take it. The security identity carries a {@link SignIn} as an attribute
 * that is named after its class. A failure has a {@code RefusedException} as its cause. The method of the sign-in is
 * stored in the request, under the name of {@link Origin.Method}.
 */
final class NegotiateMechanism implements HttpAuthenticationMechanism {

    /** The key under which a request keeps the next step of a handshake, for the challenge. */
    private static final String NEXT = NegotiateMechanism.class.getName() + ".next";

    private static final AttributeKey<Boolean> WATCHED = AttributeKey.valueOf(NegotiateMechanism.class, "watched");

    private final KerberosSignIn kerberos;
    private final Optional<NtlmSignIn> ntlm;
    private final ChannelProtection protection;
    private final BlockingSecurityExecutor workers;

    NegotiateMechanism(
            KerberosSignIn kerberos,
            Optional<NtlmSignIn> ntlm,
            ChannelProtection protection,
            BlockingSecurityExecutor workers) {
        this.kerberos = kerberos;
        this.ntlm = ntlm;
        this.protection = protection;
        this.workers = workers;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager providers) {
        return Optional.ofNullable(context.request().getHeader(HttpHeaders.AUTHORIZATION))
                .flatMap(header -> Scheme.of(header)
                        .filter(scheme ->
                                scheme != Scheme.NTLM || ntlmFor(context).isPresent())
                        .map(scheme -> workers.executeBlocking(() -> signedIn(context, scheme, header))))
                .orElse(Uni.createFrom().nullItem());
    }

    /** NTLM authenticates a connection, and an HTTP/2 stream shares its connection with other streams. */
    private Optional<NtlmSignIn> ntlmFor(RoutingContext context) {
        HttpVersion version = context.request().version();
        return ntlm.filter(on -> version == HttpVersion.HTTP_1_1 || version == HttpVersion.HTTP_1_0);
    }

    private SecurityIdentity signedIn(RoutingContext context, Scheme scheme, String header) {
        // Before the token is read, only the scheme is known, so it decides the method.
        context.put(Origin.Method.class.getName(), scheme == Scheme.NTLM ? Origin.Method.NTLM : Origin.Method.KERBEROS);
        SignInStep step = SignInStep.taken(() -> step(context, Offer.read(scheme, header)));
        if (step instanceof SignInStep.Continue next) {
            context.put(NEXT, scheme.value(next.token()));
            throw new AuthenticationFailedException(Refusal.signInContinues().asException());
        }
        if (step instanceof SignInStep.Failed failed) {
            throw new AuthenticationFailedException(failed.refused());
        }
        return identityOf(((SignInStep.Established) step).signIn());
    }

    private SignInStep step(RoutingContext context, Offer offer) {
        Mechanism mechanism = mechanismFor(context, offer);
        context.put(Origin.Method.class.getName(), mechanism.method());
        SignInStep step = mechanism.take(Peer.of(context, protection), offer);
        if (step instanceof SignInStep.Continue) {
            ntlm.ifPresent(on -> forgetWhenClosed(on, Peer.connectionOf(context)));
        }
        return step;
    }

    private Mechanism mechanismFor(RoutingContext context, Offer offer) {
        Optional<NtlmSignIn> ntlmHere = ntlmFor(context);
        return ntlmHere.isPresent() && offer.isForNtlm() ? ntlmHere.get() : kerberos;
    }

    /** Vert.x allows one close handler per connection, and Quarkus uses it to count connections. */
    static void forgetWhenClosed(NtlmSignIn here, Channel connection) {
        if (connection.attr(WATCHED).setIfAbsent(true) == null) {
            connection.closeFuture().addListener(closed -> here.close(connection));
        } else if (!connection.isActive()) {
            // The connection was closed while this request was processed.
            here.close(connection);
        }
    }

    private static SecurityIdentity identityOf(SignIn signIn) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(signIn.caller().identity().toString()))
                .addAttribute(SignIn.class.getName(), signIn)
                .build();
    }

    /** Challenges with the next step of a handshake, or else with the list of all schemes (RFC 9110 section 11.6.1). */
    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        @Nullable String next = context.get(NEXT);
        String all = ntlmFor(context).isPresent() ? Scheme.NEGOTIATE + ", " + Scheme.NTLM : Scheme.NEGOTIATE.toString();
        return Uni.createFrom().item(new ChallengeData(401, "WWW-Authenticate", next == null ? all : next));
    }
}
