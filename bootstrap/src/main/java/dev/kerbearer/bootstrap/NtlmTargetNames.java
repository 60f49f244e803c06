package dev.kerbearer.bootstrap;

import dev.kerbearer.windowsauth.keytab.KeyName;
import dev.kerbearer.windowsauth.keytab.KeytabFile;
import dev.kerbearer.windowsauth.ntlm.ServiceNames;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** The names that clients call this service by, as far as the configuration and the keytabs say. */
@Singleton
final class NtlmTargetNames {

    private static final Logger LOG = Logger.getLogger("dev.kerbearer");
    private static final String HTTP = "HTTP/";

    /** Every machine is called so by itself, so an answer that was made for it counts within this machine only. */
    private static final String LOCALHOST = "localhost";

    private final Set<String> configured;
    private final Optional<String> publicHost;
    private final Keytabs keytabs;
    private final boolean proxyIsDeclared;

    NtlmTargetNames(
            KerbearerConfig config,
            Keytabs keytabs,
            @ConfigProperty(name = ForwardedHeaders.ARE_FORWARDED, defaultValue = "false")
                    boolean addressesAreForwarded,
            @ConfigProperty(name = "quarkus.http.proxy.use-proxy-protocol", defaultValue = "false")
                    boolean proxyProtocolIsUsed) {
        this.configured = hostNames(config.ntlm().targetNames().orElse(List.of()));
        this.publicHost = config.publicUrl().map(URI::getHost).map(NtlmTargetNames::plain);
        this.keytabs = keytabs;
        this.proxyIsDeclared = addressesAreForwarded || proxyProtocolIsUsed;
    }

    private static Set<String> hostNames(List<String> written) {
        Set<String> names = new TreeSet<>();
        for (String name : written) {
            if (name.isBlank() || name.contains("/") || name.strip().matches(".*[\\s*].*")) {
                throw new IllegalArgumentException("kerbearer.ntlm.target-names: " + name
                        + " is no host name: write names or numerical addresses alone, separated by commas, like"
                        + " auth.example.com,10.0.0.1");
            }
            names.add(plain(name.strip()));
        }
        return names;
    }

    /** An IPv6 address without its brackets, and a name in small letters. */
    private static String plain(String host) {
        return host.replaceAll("^\\[|]$", "").toLowerCase(Locale.ROOT);
    }

    /** Of the keytabs as they are now; where a proxy is declared, clients reach that, and not an address of this machine. */
    ServiceNames names() {
        return new ServiceNames(this::known, !proxyIsDeclared);
    }

    /** In small letters. */
    Set<String> known() {
        Set<String> names = new TreeSet<>();
        publicHost.ifPresent(names::add);
        keytabs.files().forEach(keytab -> names.addAll(hostsIn(keytab)));
        names.remove(LOCALHOST);
        names.addAll(configured);
        return names;
    }

    /** Of the service principals whose tickets are good. */
    private Set<String> hostsIn(Path keytab) {
        Set<String> hosts = new TreeSet<>();
        try {
            for (KeyName key : KeytabFile.keysIn(keytab)) {
                String name = key.principal().substring(0, key.principal().lastIndexOf('@'));
                if (name.startsWith(HTTP)
                        && keytabs.service()
                                .filter(only -> !only.equals(name) && !only.equals(key.principal()))
                                .isEmpty()) {
                    hosts.add(plain(name.substring(HTTP.length())));
                }
            }
        } catch (IOException missing) {
            // The start says so, and it is read again for the next answer.
            LOG.debugf(missing, "The keytab %s cannot be read", keytab);
        }
        return hosts;
    }

    /** Says at the start what is known. */
    void report() {
        Set<String> known = known();
        if (known.isEmpty()) {
            LOG.warn(
                    "NTLM: this service knows no name of its own, so it refuses clients that say which name they called"
                            + " (Windows does), unless they called localhost or an address: set kerbearer.public-url or"
                            + " kerbearer.ntlm.target-names");
        } else {
            LOG.infof(
                    "NTLM: answers of clients that say which name they called count where it is one of %s%s",
                    known, proxyIsDeclared ? "" : ", or the address that they reached");
        }
    }
}
