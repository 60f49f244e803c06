package dev.kerbearer.bootstrap.wiring;

import dev.kerbearer.application.directory.Directories;
import dev.kerbearer.application.signin.RecogniseAccount;
import dev.kerbearer.application.signin.RecogniseCaller;
import dev.kerbearer.application.signin.RefuseTicket;
import dev.kerbearer.bootstrap.config.KerbearerConfig;
import dev.kerbearer.domain.identity.Provider;
import dev.kerbearer.domain.port.Directory;
import dev.kerbearer.domain.port.NtlmDerivation;
import dev.kerbearer.windowsauth.http.WindowsSignIn;
import dev.kerbearer.windowsauth.ntlm.NtHashDerivation;
import io.quarkus.security.spi.runtime.BlockingSecurityExecutor;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** Provides Windows sign-in, what it stores of passwords, and which directory is responsible for which identities. */
@Singleton
public final class WindowsAuthWiring {

    @Produces
    @Singleton
    HttpAuthenticationMechanism negotiate(
            KerbearerConfig config,
            Keytabs keytabs,
            Ntlm ntlm,
            ChannelBinding channelBinding,
            RecogniseCaller recogniseCaller,
            RefuseTicket refuseTicket,
            RecogniseAccount recogniseAccount,
            BlockingSecurityExecutor workers,
            InstantSource clock) {
        return WindowsSignIn.negotiate(
                keytabs.files(),
                keytabs.service(),
                TicketRules.of(config),
                ntlm.acceptor(),
                recogniseCaller,
                refuseTicket,
                recogniseAccount,
                channelBinding.protection(),
                workers,
                clock);
    }

    @Produces
    @Singleton
    NtlmDerivation ntlmDerivation() {
        return new NtHashDerivation();
    }

    @Produces
    @Singleton
    public Directories directories(KerbearerConfig config, Directory local, ActiveDirectories activeDirectories) {
        Map<Provider, Directory> byProvider = new HashMap<>();
        byProvider.put(Provider.LOCAL, local);
        activeDirectories
                .byName()
                .forEach((name, domain) -> byProvider.put(ActiveDirectories.provider(name), domain.directory()));
        Map<String, Provider> byRealm = new HashMap<>();
        config.realms()
                .forEach((realm, settings) ->
                        byRealm.put(realm, provider(realm, settings.provider(), activeDirectories)));
        return new Directories(byProvider, byRealm);
    }

    private static Provider provider(String realm, String name, ActiveDirectories activeDirectories) {
        if (name.equals(Provider.LOCAL.name())) {
            return Provider.LOCAL;
        }
        return activeDirectories
                .named(name)
                .map(directory -> ActiveDirectories.provider(name))
                .orElseThrow(() -> new IllegalArgumentException("kerbearer.realms.\"" + realm + "\".provider is " + name
                        + ", which is not a provider; it must be local, or a name under kerbearer.directories"));
    }
}
