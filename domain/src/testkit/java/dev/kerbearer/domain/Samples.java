package dev.kerbearer.domain;

import dev.kerbearer.domain.audit.Origin;
import dev.kerbearer.domain.digest.Sha256;
import dev.kerbearer.domain.identity.Caller;
import dev.kerbearer.domain.identity.Identity;
import dev.kerbearer.domain.identity.PrefixedName;
import dev.kerbearer.domain.identity.Principal;
import dev.kerbearer.domain.identity.Provider;
import dev.kerbearer.domain.integration.AccessRule;
import dev.kerbearer.domain.integration.ApiIntegration;
import dev.kerbearer.domain.integration.ClientId;
import dev.kerbearer.domain.integration.GrantTerms;
import dev.kerbearer.domain.integration.ReuseLeeway;
import dev.kerbearer.domain.integration.TermsOverride;
import dev.kerbearer.domain.integration.TokenDefaults;
import dev.kerbearer.domain.integration.TokenFormat;
import dev.kerbearer.domain.integration.TokenOverride;
import dev.kerbearer.domain.integration.Validity;
import dev.kerbearer.domain.key.ServerKey;
import dev.kerbearer.domain.key.ServerKeys;
import dev.kerbearer.domain.password.NtlmSecret;
import dev.kerbearer.domain.port.NtlmDerivation;
import dev.kerbearer.domain.scope.Scope;
import dev.kerbearer.domain.settings.Settings;
import dev.kerbearer.domain.signin.SignInDigest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Names, numbers and objects that tests share, so that each test shows only its own subject. */
public final class Samples {

    public static final Identity ALICE = local("de3944a8-3479-4450-b412-0dacd642017d");
    public static final Identity OPERATORS = local("00000000-0000-4000-8000-000000000001");
    public static final Identity READERS = local("00000000-0000-4000-8000-000000000002");
    public static final Principal ALICE_PRINCIPAL = Principal.parse("alice@PRACTICE.EXAMPLE");
    public static final ClientId CLIENT = new ClientId("sample-client");
    public static final Origin ORIGIN = new Origin("127.0.0.1", Origin.Method.KERBEROS);
    public static final Instant NOW = Instant.parse("2026-11-09T21:07:25.678Z");

    /** 90 days, 365 days, renewable: the defaults of the wire contract. */
    public static final GrantTerms DEFAULTS =
            new GrantTerms(Validity.ofSeconds(7_776_000), Validity.ofSeconds(31_536_000), true);

    /** Opaque tokens; a JWT lives at most an hour. */
    public static final TokenDefaults TOKENS = new TokenDefaults(TokenFormat.OPAQUE, Validity.ofSeconds(3600));

    /** Integrated sign-in on, the terms above, a leeway of 30 s, opaque tokens, and no unused expiry. */
    public static final Settings SETTINGS =
            new Settings(true, DEFAULTS, ReuseLeeway.ofSeconds(30), TOKENS, Optional.empty());

    public static final ServerKeys SERVER_KEYS = new ServerKeys(ServerKey.of(new byte[ServerKey.LENGTH]), List.of());

    /** Storage must not depend on the secret's form, so this is not the NT hash. */
    public static final NtlmDerivation NTLM_DERIVATION =
            password -> NtlmSecret.of(password.reveal().getBytes(StandardCharsets.UTF_8));

    private Samples() {}

    public static Identity local(String guid) {
        return new Identity(Provider.LOCAL, UUID.fromString(guid));
    }

    public static PrefixedName localName(String name) {
        return new PrefixedName(Provider.LOCAL, name);
    }

    public static Caller caller(Identity identity, Identity... groups) {
        return new Caller(identity, localName("alice"), Set.of(groups));
    }

    public static ApiIntegration integration(String scope, AccessRule... rules) {
        return integration(scope, TermsOverride.NONE, rules);
    }

    public static ApiIntegration integration(String scope, TermsOverride terms, AccessRule... rules) {
        return new ApiIntegration(
                CLIENT,
                new ApiIntegration.Description("Sample", "", "", ""),
                Scope.parse(scope),
                terms,
                Optional.empty(),
                TokenOverride.NONE,
                true,
                List.of(rules));
    }

    public static ApiIntegration disabled(ApiIntegration integration) {
        return new ApiIntegration(
                integration.id(),
                integration.description(),
                integration.scope(),
                integration.terms(),
                integration.reuseLeeway(),
                integration.tokens(),
                false,
                integration.access());
    }

    public static AccessRule rule(Identity trustee) {
        return new AccessRule(trustee, Optional.empty(), TermsOverride.NONE);
    }

    public static AccessRule rule(Identity trustee, TermsOverride terms) {
        return new AccessRule(trustee, Optional.empty(), terms);
    }

    public static AccessRule rule(Identity trustee, String scope) {
        return rule(trustee, scope, TermsOverride.NONE);
    }

    public static AccessRule rule(Identity trustee, String scope, TermsOverride terms) {
        return new AccessRule(trustee, Optional.of(Scope.parse(scope)), terms);
    }

    public static TermsOverride terms(@Nullable Integer access, @Nullable Integer grant, @Nullable Boolean renewable) {
        return new TermsOverride(
                Optional.ofNullable(access).map(Validity::ofSeconds),
                Optional.ofNullable(grant).map(Validity::ofSeconds),
                Optional.ofNullable(renewable));
    }

    public static SignInDigest signIn(String text) {
        return new SignInDigest(Sha256.of(text.getBytes(StandardCharsets.UTF_8)));
    }
}
