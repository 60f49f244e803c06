package dev.kerbearer.bootstrap.wiring;

import dev.kerbearer.application.admin.RegisterIntegration;
import dev.kerbearer.application.admin.ResumeRegistration;
import dev.kerbearer.application.directory.Directories;
import dev.kerbearer.application.grant.AuthorizeIntegrated;
import dev.kerbearer.application.grant.IdentifyClient;
import dev.kerbearer.application.grant.IntrospectToken;
import dev.kerbearer.application.grant.IssueGrant;
import dev.kerbearer.application.grant.RefreshAsClient;
import dev.kerbearer.application.grant.RefreshGrant;
import dev.kerbearer.application.grant.RevokeGrant;
import dev.kerbearer.application.grant.RevokeToken;
import dev.kerbearer.application.grant.VerifyToken;
import dev.kerbearer.application.signin.RecogniseAccount;
import dev.kerbearer.application.signin.RecogniseCaller;
import dev.kerbearer.application.signin.RefuseTicket;
import dev.kerbearer.application.signin.RefusedSignIns;
import dev.kerbearer.application.signin.RememberSignIn;
import dev.kerbearer.application.signin.SlowDownGuessing;
import dev.kerbearer.application.upkeep.ForgetExpired;
import dev.kerbearer.application.upkeep.ResealNtlmVerifiers;
import dev.kerbearer.application.upkeep.RotateSigningKeys;
import dev.kerbearer.bootstrap.config.KerbearerConfig;
import dev.kerbearer.domain.integration.GrantTerms;
import dev.kerbearer.domain.integration.ReuseLeeway;
import dev.kerbearer.domain.integration.TokenDefaults;
import dev.kerbearer.domain.integration.Validity;
import dev.kerbearer.domain.key.ServerKeys;
import dev.kerbearer.domain.key.SigningKeyPolicy;
import dev.kerbearer.domain.port.ApiIntegrations;
import dev.kerbearer.domain.port.AuditLog;
import dev.kerbearer.domain.port.Expiring;
import dev.kerbearer.domain.port.FailedSignIns;
import dev.kerbearer.domain.port.Grants;
import dev.kerbearer.domain.port.NtlmVerifiers;
import dev.kerbearer.domain.port.RefreshTally;
import dev.kerbearer.domain.port.ResourceServers;
import dev.kerbearer.domain.port.ServerKeyRegister;
import dev.kerbearer.domain.port.SigningKeys;
import dev.kerbearer.domain.port.TokenCodec;
import dev.kerbearer.domain.port.TrusteeNames;
import dev.kerbearer.domain.secret.SecretSource;
import dev.kerbearer.domain.settings.Settings;
import dev.kerbearer.windowsauth.krb5conf.ClockSkew;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Function;

/** Provides the use cases, on the ports. */
@Singleton
public final class UseCaseWiring {

    private final InstantSource clock = InstantSource.system();
    private final SecretSource secrets = new SecureRandom()::nextBytes;

    @Produces
    @Singleton
    public Settings settings(KerbearerConfig config) {
        KerbearerConfig.Settings settings = config.settings();
        return new Settings(
                settings.integrated(),
                new GrantTerms(
                        valueOf("kerbearer.settings.access-validity", settings.accessValidity(), Validity::new),
                        valueOf("kerbearer.settings.grant-validity", settings.grantValidity(), Validity::new),
                        settings.renewable()),
                valueOf("kerbearer.refresh.reuse-leeway", config.refresh().reuseLeeway(), ReuseLeeway::new),
                new TokenDefaults(
                        config.tokens().format(),
                        valueOf(
                                "kerbearer.tokens.jwt-max-validity",
                                config.tokens().jwtMaxValidity(),
                                Validity::new)),
                settings.unusedExpiry()
                        .map(expiry -> valueOf("kerbearer.settings.unused-expiry", expiry, Validity::new)
                                .duration()));
    }

    /** Names the key in the message if its value is out of bounds. */
    private static <T> T valueOf(String key, Duration duration, Function<Duration, T> type) {
        try {
            return type.apply(duration);
        } catch (IllegalArgumentException outOfBounds) {
            throw new IllegalArgumentException(key + ": " + outOfBounds.getMessage(), outOfBounds);
        }
    }

    @Produces
    @Singleton
    RefusedSignIns refusedSignIns(AuditLog auditLog) {
        return new RefusedSignIns(auditLog, clock);
    }

    @Produces
    @Singleton
    RecogniseCaller recogniseCaller(Directories directories, RefusedSignIns refusedSignIns) {
        return new RecogniseCaller(directories, refusedSignIns);
    }

    @Produces
    @Singleton
    RefuseTicket refuseTicket(RefusedSignIns refusedSignIns) {
        return new RefuseTicket(refusedSignIns);
    }

    @Produces
    @Singleton
    RecogniseAccount recogniseAccount(Directories directories, RefusedSignIns refusedSignIns) {
        return new RecogniseAccount(directories, refusedSignIns);
    }

    @Produces
    @Singleton
    SlowDownGuessing slowDownGuessing(FailedSignIns failedSignIns) {
        return new SlowDownGuessing(failedSignIns, clock);
    }

    @Produces
    @Singleton
    RememberSignIn rememberSignIn(FailedSignIns failedSignIns) {
        return new RememberSignIn(failedSignIns, clock);
    }

    @Produces
    @Singleton
    ResealNtlmVerifiers resealNtlmVerifiers(NtlmVerifiers verifiers, ServerKeys keys) {
        return new ResealNtlmVerifiers(verifiers, keys, secrets);
    }

    @Produces
    @Singleton
    IssueGrant issueGrant(
            Settings settings,
            ApiIntegrations integrations,
            TokenCodec codec,
            Grants grants,
            RefusedSignIns refusedSignIns) {
        return new IssueGrant(() -> settings, integrations, codec, grants, refusedSignIns, secrets, clock);
    }

    @Produces
    @Singleton
    AuthorizeIntegrated authorizeIntegrated(Settings settings, IssueGrant issueGrant) {
        return new AuthorizeIntegrated(() -> settings, issueGrant);
    }

    @Produces
    @Singleton
    RefreshGrant refreshGrant(
            Settings settings,
            ApiIntegrations integrations,
            Directories directories,
            TokenCodec codec,
            Grants grants,
            AuditLog auditLog,
            ServerKeys keys,
            RefreshTally tally) {
        return new RefreshGrant(
                () -> settings, integrations, directories, codec, grants, auditLog, keys, secrets, tally, clock);
    }

    @Produces
    @Singleton
    public ForgetExpired forgetExpired(KerbearerConfig config, Settings settings, Expiring expiring) {
        return valueOf(
                "kerbearer.retention",
                config.retention(),
                retention -> new ForgetExpired(expiring, ClockSkew.longest(), () -> settings, retention, clock));
    }

    @Produces
    @Singleton
    VerifyToken verifyToken(TokenCodec codec, Grants grants) {
        return new VerifyToken(codec, grants, clock);
    }

    @Produces
    @Singleton
    RevokeGrant revokeGrant(TokenCodec codec, Grants grants) {
        return new RevokeGrant(codec, grants, clock);
    }

    @Produces
    @Singleton
    public RotateSigningKeys rotateSigningKeys(
            KerbearerConfig config, SigningKeys signingKeys, ServerKeys serverKeys, ServerKeyRegister register) {
        return new RotateSigningKeys(
                signingKeys, serverKeys, register, signingKeyPolicy(config.tokens()), secrets, clock);
    }

    private static SigningKeyPolicy signingKeyPolicy(KerbearerConfig.Tokens tokens) {
        try {
            return new SigningKeyPolicy(
                    tokens.signing().rotation(), tokens.signing().overlap(), tokens.jwtMaxValidity());
        } catch (IllegalArgumentException outOfBounds) {
            throw new IllegalArgumentException("kerbearer.tokens.signing." + outOfBounds.getMessage(), outOfBounds);
        }
    }

    @Produces
    @Singleton
    RefreshAsClient refreshAsClient(
            ApiIntegrations integrations, IdentifyClient identifyClient, RefreshGrant refreshGrant) {
        return new RefreshAsClient(integrations, identifyClient, refreshGrant);
    }

    @Produces
    @Singleton
    IdentifyClient identifyClient(ApiIntegrations integrations) {
        return new IdentifyClient(integrations);
    }

    @Produces
    @Singleton
    IntrospectToken introspectToken(
            Settings settings, ResourceServers resourceServers, TokenCodec codec, Grants grants) {
        return new IntrospectToken(() -> settings, resourceServers, codec, grants, clock);
    }

    @Produces
    @Singleton
    RevokeToken revokeToken(TokenCodec codec, Grants grants) {
        return new RevokeToken(codec, grants, clock);
    }

    @Produces
    @Singleton
    public RegisterIntegration registerIntegration(
            ApiIntegrations integrations, Directories directories, TrusteeNames trusteeNames) {
        return new RegisterIntegration(integrations, directories, trusteeNames, clock);
    }

    @Produces
    @Singleton
    public ResumeRegistration resumeRegistration(
            ApiIntegrations integrations, RegisterIntegration registerIntegration) {
        return new ResumeRegistration(integrations, registerIntegration, clock);
    }

    @Produces
    @Singleton
    InstantSource clock() {
        return clock;
    }
}
