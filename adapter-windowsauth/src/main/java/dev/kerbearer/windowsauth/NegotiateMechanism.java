package dev.kerbearer.windowsauth;

import dev.kerbearer.application.RecogniseCaller;
import dev.kerbearer.domain.audit.Origin;
import dev.kerbearer.domain.identity.Caller;
import dev.kerbearer.domain.refusal.Detail;
import dev.kerbearer.domain.refusal.Refusal;
import dev.kerbearer.domain.refusal.RefusedException;
import dev.kerbearer.domain.signin.SignIn;
import dev.kerbearer.windowsauth.KerberosAcceptor.Outcome;
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
import io.vertx.ext.web.RoutingContext;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * HTTP Negotiate (RFC 4559): reads the {@code Authorization} header, accepts the ticket, and recognises the caller. The
 * rest of the service finds a {@link SignIn} as an attribute of the security identity, or a {@link Refusal} as one of
 * the failure, each under its class's name.
 */
final class NegotiateMechanism implements HttpAuthenticationMechanism {

    /** The longest token that is read, in characters of base64; Windows sends up to this. */
    static final int MAX_TOKEN_LENGTH = 64 * 1024;

    private static final String SCHEME = "Negotiate";

    private final KerberosAcceptor acceptor;
    private final RecogniseCaller recogniseCaller;
    private final BlockingSecurityExecutor workers;

    NegotiateMechanism(KerberosAcceptor acceptor, RecogniseCaller recogniseCaller, BlockingSecurityExecutor workers) {
        this.acceptor = acceptor;
        this.recogniseCaller = recogniseCaller;
        this.workers = workers;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager providers) {
        Optional<String> token = tokenIn(context.request().getHeader(HttpHeaders.AUTHORIZATION));
        if (token.isEmpty()) {
            return Uni.createFrom().nullItem();
        }
        String address = context.request().remoteAddress().hostAddress();
        return workers.executeBlocking(() -> signedIn(token.get(), new Origin(address, Origin.Method.KERBEROS)));
    }

    /** What stands after the scheme in the header; empty where there is no header, or it has another scheme. */
    static Optional<String> tokenIn(@Nullable String header) {
        return header == null || !isNegotiate(header)
                ? Optional.empty()
                : Optional.of(header.substring(SCHEME.length()).strip());
    }

    /** RFC 9110 section 11.1: the scheme is compared without regard to case. */
    private static boolean isNegotiate(String header) {
        return header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && (header.length() == SCHEME.length() || header.charAt(SCHEME.length()) == ' ');
    }

    private SecurityIdentity signedIn(String token, Origin origin) {
        try {
            return identityOf(signIn(token, origin));
        } catch (RefusedException refused) {
            throw new AuthenticationFailedException(refused, Map.of(Refusal.class.getName(), refused.refusal()));
        }
    }

    private SignIn signIn(String base64, Origin origin) {
        NegotiateToken token = tokenIsWellFormed(base64);
        Outcome.Accepted accepted = ticketIsGood(token);
        Caller caller = recogniseCaller.recognise(accepted.client(), token.digest(), origin);
        Optional<String> reply =
                accepted.reply().map(bytes -> SCHEME + " " + Base64.getEncoder().encodeToString(bytes));
        return new SignIn(caller, token.digest(), origin, reply);
    }

    static NegotiateToken tokenIsWellFormed(String base64) {
        if (base64.length() > MAX_TOKEN_LENGTH) {
            throw failed("the token is too long", base64.length() + " characters");
        }
        try {
            return NegotiateToken.read(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException notBase64) {
            throw failed("the token is no base64", "its base64 does not decode");
        } catch (MalformedToken malformed) {
            throw failed("the token is no Kerberos ticket", String.valueOf(malformed.getMessage()));
        }
    }

    private Outcome.Accepted ticketIsGood(NegotiateToken token) {
        Outcome outcome = acceptor.accept(token);
        if (outcome instanceof Outcome.Rejected rejected) {
            throw Refusal.signInFailed(rejected.why(), rejected.detail()).asException();
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

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().item(new ChallengeData(401, "WWW-Authenticate", SCHEME));
    }
}
