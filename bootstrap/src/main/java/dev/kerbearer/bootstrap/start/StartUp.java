package dev.kerbearer.bootstrap.start;

import dev.kerbearer.application.upkeep.ResealNtlmVerifiers;
import dev.kerbearer.bootstrap.config.KerbearerConfig;
import dev.kerbearer.bootstrap.config.SecretFiles;
import dev.kerbearer.bootstrap.schedule.SigningKeyRotation;
import dev.kerbearer.bootstrap.schedule.Upkeep;
import dev.kerbearer.domain.key.ServerKeys;
import dev.kerbearer.windowsauth.krb5conf.ClockSkew;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/** What runs once at the start, after the schema is up to date and before the first request. */
@Singleton
final class StartUp {

    private static final Logger LOG = Logger.getLogger(StartUp.class);

    void start(
            @Observes StartupEvent event,
            KerbearerConfig config,
            Config all,
            ServerKeys keys,
            SigningKeyRotation rotation,
            ResealNtlmVerifiers resealNtlmVerifiers,
            Imports imports,
            KeptPasswords keptPasswords,
            StartReport report) {
        config.secretsDir().ifPresent(folder -> SecretFiles.loaded(all, folder));
        Upkeep.check(config);
        ClockSkew.check();
        ClockSkew.unreadable().ifPresent(LOG::warn);
        LOG.debugf("Server key: %s", keys.current().id());
        rotation.rotate();
        int lost = resealNtlmVerifiers.reseal();
        if (lost > 0) {
            LOG.warnf(
                    "%d NTLM passwords are sealed under a server key that this node does not hold; their identities"
                            + " cannot sign in with NTLM here: add the key to kerbearer.keys.previous",
                    lost);
        }
        Imports.Result imported = imports.apply();
        report.print(imported.integrations());
        if (!imported.summary().isEmpty()) {
            LOG.info(imported.summary());
        }
        imported.doubts().forEach(LOG::warn);
        keptPasswords.reportLater(imported.identities());
    }
}
