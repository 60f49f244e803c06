package dev.kerbearer.windowsauth.ldap;

import dev.kerbearer.windowsauth.keytab.KeyName;
import dev.kerbearer.windowsauth.keytab.KeytabCopy;
import dev.kerbearer.windowsauth.keytab.KeytabFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.Subject;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.Configuration;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;
import org.jspecify.annotations.Nullable;

/**
 * Signs the service itself in at the KDC. In Active Directory a service principal cannot be a client name, but its
 * account can, and it has the same key. So the key is used under the account's name.
 */
final class KeytabLogin {

    /** Shorter than any domain's ticket lifetime. A ticket that expires sooner is noticed when a bind fails. */
    private static final Duration RENEWAL = Duration.ofHours(1);

    private final DirectorySettings.Bind.Keytab bind;
    private final InstantSource clock;
    private @Nullable Subject subject;
    private Instant loggedInAt = Instant.MIN;

    KeytabLogin(DirectorySettings.Bind.Keytab bind, InstantSource clock) {
        this.bind = bind;
        this.clock = clock;
    }

    /** Returns a subject with a ticket. */
    synchronized Subject subject() throws LoginException {
        if (subject == null || clock.instant().isAfter(loggedInAt.plus(RENEWAL))) {
            subject = loggedIn();
            loggedInAt = clock.instant();
        }
        return subject;
    }

    /** Drops a subject whose ticket failed, so that the next one is new. */
    synchronized void forget(Subject stale) {
        if (stale.equals(subject)) {
            subject = null;
        }
    }

    private Subject loggedIn() throws LoginException {
        for (Path keytab : bind.keytabs()) {
            Optional<KeyName> key = keyIn(keytab);
            if (key.isPresent()) {
                return loggedIn(keytab, key.get());
            }
        }
        throw new LoginException("no keytab holds a key of the realm " + bind.realm());
    }

    /**
     * Prefers the account's own key; otherwise takes a service's key, which is the account's key under another name.
     */
    private Optional<KeyName> keyIn(Path keytab) throws LoginException {
        try {
            return KeytabFile.keysIn(keytab).stream()
                    .filter(key -> key.principal().endsWith("@" + bind.realm()))
                    .min(Comparator.comparing((KeyName key) -> !isTheAccounts(key))
                            .thenComparing(key -> !key.principal().regionMatches(true, 0, "HTTP/", 0, 5)));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private boolean isTheAccounts(KeyName key) {
        return bind.account()
                .map(account -> key.principal().equals(client(account)))
                .orElseGet(() -> !key.principal().contains("/"));
    }

    private String client(String account) {
        return account.contains("@") ? account : account + "@" + bind.realm();
    }

    private Subject loggedIn(Path keytab, KeyName key) throws LoginException {
        String client = bind.account().map(this::client).orElse(key.principal());
        if (client.equals(key.principal())) {
            return loggedIn(client, keytab);
        }
        try {
            Path renamed = KeytabCopy.renamed(keytab, key.principal(), client);
            try {
                return loggedIn(client, renamed);
            } finally {
                Files.deleteIfExists(renamed);
            }
        } catch (IOException e) {
            LoginException failure = new LoginException("the key of " + key.principal()
                    + " cannot be copied to the folder for temporary files (java.io.tmpdir): " + e);
            failure.initCause(e);
            throw failure;
        }
    }

    private static Subject loggedIn(String client, Path keytab) throws LoginException {
        Map<String, String> options = Map.of(
                "useKeyTab", "true",
                "keyTab", keytab.toString(),
                "principal", client,
                "isInitiator", "true",
                "doNotPrompt", "true");
        AppConfigurationEntry kerberos = new AppConfigurationEntry(
                "com.sun.security.auth.module.Krb5LoginModule",
                AppConfigurationEntry.LoginModuleControlFlag.REQUIRED,
                options);
        LoginContext context = new LoginContext("kerbearer", new Subject(), null, new Configuration() {
            @Override
            public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
                return new AppConfigurationEntry[] {kerberos};
            }
        });
        context.login();
        return context.getSubject();
    }
}
