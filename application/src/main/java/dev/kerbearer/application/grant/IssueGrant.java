package dev.kerbearer.application.grant;

import dev.kerbearer.application.signin.RefusedSignIns;
import dev.kerbearer.domain.audit.Act;
import dev.kerbearer.domain.grant.Grant;
import dev.kerbearer.domain.grant.IssuedGrant;
import dev.kerbearer.domain.identity.Caller;
import dev.kerbearer.domain.identity.Identity;
import dev.kerbearer.domain.integration.ApiIntegration;
import dev.kerbearer.domain.integration.ClientId;
import dev.kerbearer.domain.integration.GrantTerms;
import dev.kerbearer.domain.integration.TokenForm;
import dev.kerbearer.domain.port.ApiIntegrations;
import dev.kerbearer.domain.port.Grants;
import dev.kerbearer.domain.port.TokenCodec;
import dev.kerbearer.domain.port.Unavailable;
import dev.kerbearer.domain.refusal.Detail;
import dev.kerbearer.domain.refusal.Parties;
import dev.kerbearer.domain.refusal.Refusal;
import dev.kerbearer.domain.refusal.RefusedException;
import dev.kerbearer.domain.scope.Scope;
import dev.kerbearer.domain.secret.SecretSource;
import dev.kerbearer.domain.settings.Settings;
import dev.kerbearer.domain.signin.SignIn;
import dev.kerbearer.domain.version.Basis;
import dev.kerbearer.domain.version.Versioned;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Issues a grant to a signed-in caller, whatever the sign-in method. The checks run in this order: {@code client_id},
 * integration, access, scope. A grant and a recorded refusal both use up the sign-in.
 *
 * <p>The usual grant costs one statement, because the integration and the caller are remembered with their versions, and
 * the statement checks the versions. If something has changed, or if what is remembered leads to a refusal, the current
 * integration and caller decide.
 */
public final class IssueGrant {

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
    public IssueGrant(
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

    /** The grant to issue, and the versions of the rules that allow it. */
    private record Decision(Identity identity, Scope scope, GrantTerms terms, TokenForm form, Basis basis) {}

    /**
     * Returns a recorded grant with its tokens.
     *
     * @param signIn the sign-in of the caller
     * @param body reads the request, after the caller is signed in; a refusal to read it uses up the sign-in like any
     *     other
     * @throws RefusedException with the refusals of {@code docs/wire.md}. Each refusal is recorded, unless storage, a
     *     directory or a key is unavailable.
     */
    public Authorization issue(SignIn signIn, Supplier<AuthorizeRequest> body) {
        Optional<ClientId> client = Optional.empty();
        try {
            AuthorizeRequest request = body.get();
            ClientId id = clientIdIsGiven(request);
            client = Optional.of(id);
            return new Authorization(issued(signIn, id, request.scope()), request.state());
        } catch (Unavailable away) {
            throw notRecorded(away, signIn, client);
        } catch (RefusedException refused) {
            throw refused(signIn, client, refused.refusal());
        } catch (RuntimeException fault) {
            recorded(signIn, signIn.caller(), client, Refusal.internalError(new Detail(fault.toString())));
            throw fault;
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

    private IssuedGrant issued(SignIn signIn, ClientId client, Optional<String> scope) {
        Settings now = settings.get();
        Supplier<Decision> current = () -> currentDecision(signIn, client, scope, now);
        Decision first = rememberedDecision(integrations.remembered(client), signIn, scope, now)
                .orElseGet(current);
        return Attempts.until(client, first, current, decision -> recorded(signIn, client, decision, now));
    }

    /** Returns the decision by what this node remembers; empty if that is not enough for a grant. */
    private Optional<Decision> rememberedDecision(
            Optional<Versioned<ApiIntegration>> remembered, SignIn signIn, Optional<String> scope, Settings settings) {
        try {
            return Optional.of(decision(remembered, signIn.caller(), scope, settings));
        } catch (RefusedException | Unavailable maybeOutdated) {
            return Optional.empty();
        }
    }

    private Decision currentDecision(SignIn signIn, ClientId client, Optional<String> scope, Settings settings) {
        return decision(integrations.find(client), signIn.callerNow(), scope, settings);
    }

    private Decision decision(
            Optional<Versioned<ApiIntegration>> found, Caller caller, Optional<String> requested, Settings settings) {
        Versioned<ApiIntegration> registered = integrationIsRegisteredAndEnabled(found);
        ApiIntegration integration = registered.value();
        integration.requireAccess(caller);
        Scope scope = scopeIsGiven(requested);
        GrantTerms terms = integration.authorize(caller, scope, settings.terms());
        TokenForm form = settings.tokens().with(integration.tokens());
        codec.requireEncodable(form);
        return new Decision(caller.identity(), scope, terms, form, new Basis(registered.version(), caller.version()));
    }

    private static Versioned<ApiIntegration> integrationIsRegisteredAndEnabled(
            Optional<Versioned<ApiIntegration>> found) {
        Versioned<ApiIntegration> registered = found.orElseThrow(() -> noSuchIntegration("it is not registered"));
        if (!registered.value().enabled()) {
            throw noSuchIntegration("it is not enabled");
        }
        return registered;
    }

    private static Scope scopeIsGiven(Optional<String> requested) {
        return Scope.parse(requested
                .filter(scope -> !scope.isBlank())
                .orElseThrow(() -> Refusal.scopeMissing().asException()));
    }

    /** Returns the recorded grant; empty if the rules have changed since the decision. */
    private Optional<IssuedGrant> recorded(SignIn signIn, ClientId client, Decision decision, Settings settings) {
        Instant now = clock.instant();
        IssuedGrant issued = Grant.issue(
                decision.identity(),
                client,
                decision.scope(),
                decision.terms(),
                decision.form(),
                settings.tokens().longest(decision.form()),
                now,
                secrets);
        Act.ByHolder act = new Act.ByHolder(signIn.origin(), now);
        return switch (grants.issue(issued, decision.basis(), signIn.digest(), act)) {
            case RECORDED -> Optional.of(issued);
            case REPLAYED -> throw Refusal.replayed().asException();
            case CHANGED -> Optional.empty();
        };
    }

    private static RefusedException noSuchIntegration(String detail) {
        return Refusal.noSuchIntegration(new Detail(detail)).asException();
    }

    /** Refuses by what is stored now: a user who may no longer sign in is refused for that before anything else. */
    private RefusedException refused(SignIn signIn, Optional<ClientId> client, Refusal refusal) {
        try {
            return recorded(signIn, signIn.callerNow(), client, refusal);
        } catch (Unavailable away) {
            return notRecorded(away, signIn, client);
        } catch (RefusedException noLongerKnown) {
            return recorded(signIn, signIn.caller(), client, noLongerKnown.refusal());
        }
    }

    private static RefusedException notRecorded(Unavailable away, SignIn signIn, Optional<ClientId> client) {
        String user = signIn.caller().identity().toString();
        return Refusal.grantNotRecorded(away.what(), away.getCause())
                .asException()
                .concerning(new Parties(Optional.of(user), client.map(ClientId::value)));
    }

    private RefusedException recorded(SignIn signIn, Caller caller, Optional<ClientId> client, Refusal refusal) {
        return refusedSignIns.write(signIn.digest(), caller.identity().toString(), signIn.origin(), client, refusal);
    }
}
