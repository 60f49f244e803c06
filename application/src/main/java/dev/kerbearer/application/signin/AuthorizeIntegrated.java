package dev.kerbearer.application.signin;

import dev.kerbearer.domain.audit.AuditEvent;
import dev.kerbearer.domain.grant.Grant;
import dev.kerbearer.domain.grant.IssuedGrant;
import dev.kerbearer.domain.integration.ApiIntegration;
import dev.kerbearer.domain.integration.ClientId;
import dev.kerbearer.domain.integration.GrantTerms;
import dev.kerbearer.domain.integration.TokenForm;
import dev.kerbearer.domain.integration.Validity;
import dev.kerbearer.domain.port.ApiIntegrations;
import dev.kerbearer.domain.port.Grants;
import dev.kerbearer.domain.port.TokenCodec;
import dev.kerbearer.domain.port.Unavailable;
import dev.kerbearer.domain.refusal.Detail;
import dev.kerbearer.domain.refusal.Refusal;
import dev.kerbearer.domain.refusal.RefusedException;
import dev.kerbearer.domain.scope.Scope;
import dev.kerbearer.domain.secret.SecretSource;
import dev.kerbearer.domain.settings.Settings;
import dev.kerbearer.domain.signin.SignIn;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Exchanges a Windows sign-in for a grant: {@code POST authorize/integrated} of {@code docs/wire.md}. The checks run in
 * this order: sign-in, {@code client_id}, integration, access, scope. A grant and a recorded refusal both use up the
 * sign-in.
 */
public final class AuthorizeIntegrated {

    private final Supplier<Settings> settings;
    private final ApiIntegrations integrations;
    private final TokenCodec codec;
    private final Grants grants;
    private final RefusedSignIns refusedSignIns;
    private final SecretSource secrets;
    private final InstantSource clock;

    /**
     * @param settings the current system settings
     * @param integrations the registered integrations
     * @param codec writes tokens
     * @param grants the recorded grants
     * @param refusedSignIns records refused sign-ins
     * @param secrets the source of token secrets
     * @param clock sets the start of a grant
     */
    public AuthorizeIntegrated(
            Supplier<Settings> settings,
            ApiIntegrations integrations,
            TokenCodec codec,
            Grants grants,
            RefusedSignIns refusedSignIns,
            SecretSource secrets,
            InstantSource clock) {
        this.settings = settings;
        this.integrations = integrations;
        this.codec = codec;
        this.grants = grants;
        this.refusedSignIns = refusedSignIns;
        this.secrets = secrets;
        this.clock = clock;
    }

    /**
     * Returns a recorded grant with its tokens.
     *
     * @param signIn the sign-in of the caller
     * @param body reads the request, after the caller is signed in; a refusal to read it uses up the sign-in like any
     *     other
     * @throws RefusedException with the refusals of {@code docs/wire.md}. Each refusal is recorded, unless storage, a
     *     directory or a key is unavailable.
     */
    public Authorization authorize(SignIn signIn, Supplier<AuthorizeRequest> body) {
        Optional<ClientId> client = Optional.empty();
        try {
            Settings now = settings.get();
            signInMethodIsEnabled(now);
            AuthorizeRequest request = body.get();
            ClientId id = clientIdIsGiven(request);
            client = Optional.of(id);
            ApiIntegration integration = integrationIsRegisteredAndEnabled(id);
            integration.requireAccess(signIn.caller());
            Scope scope = scopeIsGiven(request);
            GrantTerms terms = integration.authorize(signIn.caller(), scope, now.terms());
            TokenForm form = now.tokens().with(integration.tokens());
            codec.requireEncodable(form);
            IssuedGrant issued =
                    recorded(signIn, id, scope, terms, form, now.tokens().longest(form));
            return new Authorization(issued, request.state());
        } catch (Unavailable away) {
            throw RefusedSignIns.notRecorded(away).asException();
        } catch (RefusedException refused) {
            throw refused(signIn, client, refused.refusal());
        } catch (RuntimeException fault) {
            refused(signIn, client, Refusal.internalError(new Detail(fault.toString())));
            throw fault;
        }
    }

    private static void signInMethodIsEnabled(Settings settings) {
        if (!settings.integrated()) {
            throw Refusal.integratedSignInDisabled().asException();
        }
    }

    private static ClientId clientIdIsGiven(AuthorizeRequest request) {
        String value = request.clientId()
                .filter(id -> !id.isEmpty())
                .orElseThrow(() -> Refusal.clientIdMissing().asException());
        try {
            return new ClientId(value);
        } catch (IllegalArgumentException malformed) {
            throw Refusal.noSuchIntegration(new Detail("the client_id is malformed: " + malformed.getMessage()))
                    .asException();
        }
    }

    private ApiIntegration integrationIsRegisteredAndEnabled(ClientId id) {
        ApiIntegration integration = integrations.find(id).orElseThrow(() -> noSuchIntegration("it is not registered"));
        if (!integration.enabled()) {
            throw noSuchIntegration("it is not enabled");
        }
        return integration;
    }

    private static Scope scopeIsGiven(AuthorizeRequest request) {
        return Scope.parse(request.scope()
                .filter(scope -> !scope.isBlank())
                .orElseThrow(() -> Refusal.scopeMissing().asException()));
    }

    private IssuedGrant recorded(
            SignIn signIn, ClientId client, Scope scope, GrantTerms terms, TokenForm form, Optional<Validity> longest) {
        Instant now = clock.instant();
        IssuedGrant issued = Grant.issue(signIn.caller().identity(), client, scope, terms, form, longest, now, secrets);
        AuditEvent event = AuditEvent.issued(now, signIn.origin(), issued.grant());
        return switch (grants.issue(issued, signIn.digest(), event)) {
            case RECORDED -> issued;
            case REPLAYED -> throw Refusal.replayed().asException();
            case INTEGRATION_ENDED -> throw noSuchIntegration("it was disabled meanwhile");
            case IDENTITY_ENDED ->
                throw Refusal.noGrantFor("the identity is disabled").asException();
        };
    }

    private static RefusedException noSuchIntegration(String detail) {
        return Refusal.noSuchIntegration(new Detail(detail)).asException();
    }

    private RefusedException refused(SignIn signIn, Optional<ClientId> client, Refusal refusal) {
        String actor = signIn.caller().identity().toString();
        return refusedSignIns.write(signIn.digest(), actor, signIn.origin(), client, refusal);
    }
}
