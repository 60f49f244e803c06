package dev.kerbearer.bootstrap.wiring;

import dev.kerbearer.bootstrap.config.DirectoryConfig;
import dev.kerbearer.bootstrap.config.KerbearerConfig;
import dev.kerbearer.domain.identity.Provider;
import dev.kerbearer.domain.secret.SecretText;
import dev.kerbearer.windowsauth.ldap.ActiveDirectory;
import dev.kerbearer.windowsauth.ldap.DirectorySettings;
import dev.kerbearer.windowsauth.ldap.DirectorySettings.Bind;
import dev.kerbearer.windowsauth.winbind.DirectoryDomains;
import dev.kerbearer.windowsauth.winbind.Domains;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The configured Active Directory domains, by their name in the configuration. */
@Singleton
public final class ActiveDirectories {

    private static final String FILE = "file:";

    private final Map<String, ActiveDirectory> byName = new TreeMap<>();

    public ActiveDirectories(KerbearerConfig config, Keytabs keytabs, InstantSource clock) {
        config.directories().forEach((name, directory) -> {
            try {
                byName.put(name, ActiveDirectory.of(settings(name, directory, config, keytabs), clock));
            } catch (IllegalArgumentException wrong) {
                throw new IllegalArgumentException("kerbearer.directories." + name + ": " + wrong.getMessage(), wrong);
            }
        });
    }

    private static DirectorySettings settings(
            String name, DirectoryConfig directory, KerbearerConfig config, Keytabs keytabs) {
        return new DirectorySettings(
                provider(name),
                directory.url(),
                directory.startTls(),
                directory.certificateAuthorities(),
                directory.base(),
                directory.bind().name().isPresent()
                        ? simple(directory.bind())
                        : byKeytab(name, directory.bind(), config, keytabs),
                directory.cache(),
                directory.timeout());
    }

    /** Returns the provider for the directory of that name. */
    public static Provider provider(String name) {
        return new Provider("AD+" + name);
    }

    private static Bind simple(DirectoryConfig.Bind bind) {
        if (bind.account().isPresent()) {
            throw new IllegalArgumentException(
                    "bind: account is for Kerberos, and name is for a password; set only one of them");
        }
        String password = bind.password()
                .orElseThrow(() -> new IllegalArgumentException("bind: name is set, so password must be set too"));
        return new Bind.Simple(
                bind.name().orElseThrow(),
                () -> password.startsWith(FILE) ? content(Path.of(password.substring(FILE.length()))) : password);
    }

    private static String content(Path file) {
        try {
            return SecretText.of(Files.readAllBytes(file)).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (IllegalArgumentException otherEncoding) {
            throw new IllegalStateException(
                    "the password in " + file + ": " + otherEncoding.getMessage(), otherEncoding);
        }
    }

    private static Bind byKeytab(String name, DirectoryConfig.Bind bind, KerbearerConfig config, Keytabs keytabs) {
        String realm = config.realms().entrySet().stream()
                .filter(entry -> entry.getValue().provider().equals(name))
                .map(Map.Entry::getKey)
                .min(String::compareTo)
                .orElseThrow(() -> new IllegalArgumentException(
                        "no realm is mapped to this directory, so the service cannot query it with Kerberos: set"
                                + " kerbearer.realms.\"<REALM>\".provider=" + name
                                + ", or bind.name and bind.password"));
        return new Bind.Keytab(keytabs.files(), realm, bind.account());
    }

    /** Returns all directories, sorted by name. */
    public Map<String, ActiveDirectory> byName() {
        return byName;
    }

    /** Returns the directory of that name. */
    Optional<ActiveDirectory> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** Returns the Windows domains of these directories. */
    Domains domains() {
        Map<Provider, ActiveDirectory> byProvider = new LinkedHashMap<>();
        byName.forEach((name, directory) -> byProvider.put(provider(name), directory));
        return new DirectoryDomains(byProvider);
    }

    @PreDestroy
    public void close() {
        byName.values().forEach(ActiveDirectory::close);
    }
}
