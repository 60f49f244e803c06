package dev.kerbearer.windowsauth.http;

import dev.kerbearer.application.signin.RecogniseAccount;
import dev.kerbearer.application.signin.RecogniseCaller;
import dev.kerbearer.application.signin.RefuseTicket;
import dev.kerbearer.domain.audit.CallAddress;
import dev.kerbearer.domain.audit.Origin;
import dev.kerbearer.domain.identity.Account;
import dev.kerbearer.domain.network.IpAddress;
import dev.kerbearer.domain.port.Unavailable;
import dev.kerbearer.domain.refusal.Detail;
import dev.kerbearer.domain.refusal.Refusal;
import dev.kerbearer.domain.refusal.RefusedException;
import dev.kerbearer.domain.signin.SignIn;
import dev.kerbearer.domain.signin.SignInDigest;
import dev.kerbearer.windowsauth.channel.ChannelClaim;
import dev.kerbearer.windowsauth.channel.ChannelProtection;
import dev.kerbearer.windowsauth.channel.TlsChannel;
import dev.kerbearer.windowsauth.der.MalformedToken;
import dev.kerbearer.windowsauth.http.NtlmSignIn.Step;
import dev.kerbearer.windowsauth.kerberos.KerberosAcceptor;
import dev.kerbearer.windowsauth.kerberos.KerberosAcceptor.Outcome;
import dev.kerbearer.windowsauth.kerberos.NegotiateToken;
import dev.kerbearer.windowsauth.ntlm.NtlmAcceptor;
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
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Authenticates with HTTP Negotiate (RFC 4559) and, if enabled, NTLM: reads the {@code Authorization} header, accepts
 * its token, and recognises the caller. The security identity carries a {@link SignIn} as an attribute, and the failure
 * carries a {@link Refusal}. Each attribute is named after its class.
 */
public final class NegotiateMechanism implements HttpAuthenticationMechanism {

    /** The longest accepted token, in base64 characters. Windows sends tokens up to this length. */
    static final int MAX_TOKEN_LENGTH = 64 * 1024;

    static final String NEGOTIATE = "Negotiate";
    static final String NTLM = "NTLM";

    /** The key under which a request keeps the next step of a handshake, for the challenge. */
    private static final String NEXT = NegotiateMechanism.class.getName() + ".next";

    private static final AttributeKey<Boolean> WATCHED = AttributeKey.valueOf(NegotiateMechanism.class, "watched");

    private final KerberosAcceptor acceptor;
    private final Optional<NtlmSignIn> ntlm;
    private final RecogniseCaller recogniseCaller;
    private final RefuseTicket refuseTicket;
    private final RecogniseAccount recogniseAccount;
    private final ChannelProtection protection;
    private final BlockingSecurityExecutor workers;
    private final SignInWork work;

    public NegotiateMechanism(
            KerberosAcceptor acceptor,
            Optional<NtlmSignIn> ntlm,
            RecogniseCaller recogniseCaller,
            RefuseTicket refuseTicket,
            RecogniseAccount recogniseAccount,
            ChannelProtection protection,
            BlockingSecurityExecutor workers,
            SignInWork work) {
        this.acceptor = acceptor;
        this.ntlm = ntlm;
        this.recogniseCaller = recogniseCaller;
        this.refuseTicket = refuseTicket;
        this.recogniseAccount = recogniseAccount;
        this.protection = protection;
        this.workers = workers;
        this.work = work;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager providers) {
        String header = context.request().getHeader(HttpHeaders.AUTHORIZATION);
        Optional<NtlmSignIn> ntlmHere = ntlm.filter(on -> isBoundToItsConnection(context));
        Optional<String> ofNtlm = tokenIn(header, NTLM);
        if (ofNtlm.isPresent() && ntlmHere.isPresent()) {
            return onWorker(context, () -> ntlm(ntlmHere.get(), context, NTLM, decoded(ofNtlm.get())));
        }
        return tokenIn(header, NEGOTIATE)
                .map(token -> onWorker(context, () -> negotiated(ntlmHere, context, token)))
                .orElse(Uni.createFrom().nullItem());
    }

    private Uni<SecurityIdentity> onWorker(RoutingContext context, Supplier<SignIn> signIn) {
        return workers.executeBlocking(() -> signedIn(() -> work.on(context, signIn)));
    }

    /** An HTTP/2 stream shares its connection with other streams. */
    private static boolean isBoundToItsConnection(RoutingContext context) {
        HttpVersion version = context.request().version();
        return version == HttpVersion.HTTP_1_1 || version == HttpVersion.HTTP_1_0;
    }

    private SignIn negotiated(Optional<NtlmSignIn> ntlmHere, RoutingContext context, String base64) {
        if (ntlmHere.isPresent()) {
            byte[] token = decoded(base64);
            if (NtlmSignIn.isFor(token)) {
                return ntlm(ntlmHere.get(), context, NEGOTIATE, token);
            }
        }
        return kerberos(base64, channelOf(context), originOf(context, Origin.Method.KERBEROS));
    }

    private SignIn ntlm(NtlmSignIn here, RoutingContext context, String scheme, byte[] token) {
        Origin origin = originOf(context, Origin.Method.NTLM);
        Channel connection = connectionOf(context);
        NtlmSignIn.Peer peer = new NtlmSignIn.Peer(connection, origin.address(), here(context));
        NtlmSignIn.Step step = stepOf(here, peer, scheme, token);
        if (step instanceof Step.Continue next) {
            forgetWhenClosed(here, connection);
            context.put(NEXT, value(scheme, next.reply()));
            throw Refusal.signInContinues().asException();
        }
        if (step instanceof Step.Refused refused) {
            throw Refusal.signInFailed(refused.why(), refused.detail()).asException();
        }
        if (step instanceof Step.Blocked blocked) {
            answerIsForThisChannel(
                    blocked.outcome().account(), blocked.outcome().binding(), channelOf(context));
            return signIn(blocked.outcome().account(), blocked.outcome().digest(), origin, Optional.empty());
        }
        Step.Complete complete = (Step.Complete) step;
        NtlmAcceptor.Outcome.Accepted accepted = complete.accepted();
        answerIsForThisChannel(accepted.account(), accepted.binding(), channelOf(context));
        remembered(here, peer, accepted);
        return signIn(
                accepted.account(), accepted.digest(), origin, complete.reply().map(reply -> value(scheme, reply)));
    }

    private SignIn signIn(Account account, SignInDigest digest, Origin origin, Optional<String> reply) {
        return recogniseAccount.recognise(account, digest, origin, reply);
    }

    private static void answerIsForThisChannel(Account account, Optional<byte[]> binding, TlsChannel channel) {
        channel.mismatch(ChannelClaim.ofNtlm(binding)).ifPresent(mismatch -> {
            throw failed(mismatch.why(), "of " + account + ": " + mismatch.detail());
        });
    }

    private static Step stepOf(NtlmSignIn here, NtlmSignIn.Peer peer, String scheme, byte[] token) {
        try {
            return here.take(peer, scheme, token);
        } catch (Unavailable away) {
            throw notRecorded(away);
        }
    }

    private static void remembered(NtlmSignIn here, NtlmSignIn.Peer peer, NtlmAcceptor.Outcome.Accepted accepted) {
        try {
            here.signedIn(peer, accepted);
        } catch (Unavailable away) {
            throw notRecorded(away);
        }
    }

    private static RefusedException notRecorded(Unavailable away) {
        return Refusal.grantNotRecorded(away.what(), new Detail(String.valueOf(away.getCause())))
                .asException();
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

    private TlsChannel channelOf(RoutingContext context) {
        Optional<SSLSession> tls = Optional.ofNullable(context.request().sslSession());
        // After the connection closes, its TLS session is no longer available.
        if (tls.isEmpty() && !connectionOf(context).isActive()) {
            throw failed("the connection was closed", "before its TLS channel was looked at");
        }
        return protection.of(tls);
    }

    private static Channel connectionOf(RoutingContext context) {
        return ((HttpServerConnection) context.request().connection()).channel();
    }

    /**
     * Returns where the call comes from. The edge of adapter-rest stores the address before anything else handles the
     * request. If the edge did not run, the address of the peer is used. An unknown address counts as loopback, as in
     * adapter-rest.
     */
    static Origin originOf(RoutingContext context, Origin.Method method) {
        @Nullable CallAddress known = context.get(CallAddress.class.getName());
        CallAddress from =
                known == null ? connectedFrom(context.request().connection().remoteAddress(true)) : known;
        return from.origin(method);
    }

    static CallAddress connectedFrom(@Nullable SocketAddress peer) {
        return Optional.ofNullable(peer)
                .map(SocketAddress::hostAddress)
                .flatMap(IpAddress::parse)
                .map(CallAddress::of)
                .orElseGet(() ->
                        new CallAddress(IpAddress.LOOPBACK, Optional.of(peer == null ? "unknown" : peer.toString())));
    }

    private static Optional<String> here(RoutingContext context) {
        return Optional.ofNullable(context.request().connection().localAddress())
                .map(SocketAddress::hostAddress);
    }

    private static String value(String scheme, byte[] token) {
        return scheme + " " + Base64.getEncoder().encodeToString(token);
    }

    /** Returns the text after the scheme; empty if there is no header or it has another scheme. */
    static Optional<String> tokenIn(@Nullable String header, String scheme) {
        return header == null || !isOf(scheme, header)
                ? Optional.empty()
                : Optional.of(header.substring(scheme.length()).strip());
    }

    /** Whether a header carries an NTLM message, or a SPNEGO token for NTLM. An unreadable token does not count. */
    static boolean isNtlm(String header) {
        return tokenIn(header, NTLM).isPresent()
                || tokenIn(header, NEGOTIATE)
                        .filter(NegotiateMechanism::isForNtlm)
                        .isPresent();
    }

    private static boolean isForNtlm(String base64) {
        try {
            return NtlmSignIn.isFor(decoded(base64));
        } catch (RefusedException unreadable) {
            return false;
        }
    }

    /** RFC 9110 section 11.1: schemes are compared without regard to case. */
    private static boolean isOf(String scheme, String header) {
        return header.regionMatches(true, 0, scheme, 0, scheme.length())
                && (header.length() == scheme.length() || header.charAt(scheme.length()) == ' ');
    }

    private static SecurityIdentity signedIn(Supplier<SignIn> signIn) {
        try {
            return identityOf(signIn.get());
        } catch (RefusedException refused) {
            throw new AuthenticationFailedException(refused, Map.of(Refusal.class.getName(), refused.refusal()));
        }
    }

    public SignIn kerberos(String base64, TlsChannel channel, Origin origin) {
        NegotiateToken token = tokenIsWellFormed(base64);
        Outcome.Accepted accepted = ticketIsGood(token, channel, origin);
        Origin from = accepted.delegatedThrough().map(origin::through).orElse(origin);
        Optional<String> reply = accepted.reply().map(bytes -> value(NEGOTIATE, bytes));
        return recogniseCaller.recognise(accepted.client(), accepted.authorization(), token.digest(), from, reply);
    }

    static NegotiateToken tokenIsWellFormed(String base64) {
        try {
            return NegotiateToken.read(decoded(base64));
        } catch (MalformedToken malformed) {
            throw failed("the token is no Kerberos ticket", String.valueOf(malformed.getMessage()));
        }
    }

    private static byte[] decoded(String base64) {
        if (base64.length() > MAX_TOKEN_LENGTH) {
            throw failed("the token is too long", base64.length() + " characters");
        }
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException notBase64) {
            throw failed("the token is no base64", "its base64 does not decode");
        }
    }

    private Outcome.Accepted ticketIsGood(NegotiateToken token, TlsChannel channel, Origin origin) {
        Outcome outcome = acceptor.accept(token, channel);
        if (outcome instanceof Outcome.Rejected rejected) {
            Refusal refusal = Refusal.signInFailed(rejected.why(), rejected.detail());
            throw rejected.client()
                    .map(client -> refuseTicket.refuse(client, token.digest(), origin, refusal))
                    .orElseGet(refusal::asException);
        }
        return (Outcome.Accepted) outcome;
    }

    private static RefusedException failed(String why, String detail) {
        return Refusal.signInFailed(why, new Detail(detail)).asException();
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
        String all = ntlm.isPresent() && isBoundToItsConnection(context) ? NEGOTIATE + ", " + NTLM : NEGOTIATE;
        return Uni.createFrom().item(new ChallengeData(401, "WWW-Authenticate", next == null ? all : next));
    }
}
