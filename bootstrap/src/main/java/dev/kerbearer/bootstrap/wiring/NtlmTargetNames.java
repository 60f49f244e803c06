package dev.kerbearer.bootstrap.wiring;

import dev.kerbearer.bootstrap.config.ForwardedHeaders;
import dev.kerbearer.bootstrap.config.KerbearerConfig;
import dev.kerbearer.domain.identity.Principal;
import dev.kerbearer.domain.network.HostAndPort;
import dev.kerbearer.windowsauth.keytab.HeldKey;
import dev.kerbearer.windowsauth.keytab.Keytab;
import dev.kerbearer.windowsauth.keytab.SharedKeys;
import dev.kerbearer.windowsauth.ntlm.ServiceNames;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** The names that clients use for this service, taken from the configuration and the keytabs. */
@Singleton
public final class NtlmTargetNames {

    private static final Logger LOG = Logger.getLogger("dev.kerbearer");

    /** Every machine calls itself this, so an answer made for it is accepted within this machine only. */
    private static final String LOCALHOST = "localhost";

    private final Set<String> configured;
    private final Optional<String> publicHost;
    private final List<Keytab> keytabs;
    private final Optional<String> only;
    private final boolean proxyIsDeclared;

    public NtlmTargetNames(
            KerbearerConfig config,
            Keytabs keytabs,
            @ConfigProperty(name = ForwardedHeaders.ARE_FORWARDED, defaultValue = "false")
                    boolean addressesAreForwarded,
            @ConfigProperty(name = "quarkus.http.proxy.use-proxy-protocol", defaultValue = "false")
                    boolean proxyProtocolIsUsed) {
        this.configured = hostNames(config.ntlm().targetNames().orElse(List.of()));
        this.publicHost = config.publicUrl()
                .flatMap(HostAndPort::of)
                .map(HostAndPort::host)
                .map(NtlmTargetNames::plain);
        this.keytabs = keytabs.files().stream().map(Keytab::new).toList();
        this.only = keytabs.service();
        this.proxyIsDeclared = addressesAreForwarded || proxyProtocolIsUsed;
    }

    private static Set<String> hostNames(List<String> written) {
        Set<String> names = new TreeSet<>();
        for (String name : written) {
            if (name.isBlank() || name.contains("/") || name.strip().matches(".*[\\s*].*")) {
                throw new IllegalArgumentException("kerbearer.ntlm.target-names: " + name
                        + " is not a host name: write only names or IP addresses, separated by commas, like"
                        + " auth.example.com,10.0.0.1");
            }
            names.add(plain(name.strip()));
        }
        return names;
    }

    /** Removes the brackets of an IPv6 address, and writes a name in lower case. */
    private static String plain(String host) {
        return host.replaceAll("^\\[|]$", "").toLowerCase(Locale.ROOT);
    }

    /**
     * Returns names that follow changes of the keytabs. Behind a declared proxy, an address of this machine is not
     * accepted as a name, because clients connect to the proxy.
     */
    ServiceNames names() {
        return new ServiceNames(this::known, !proxyIsDeclared);
    }

    /** Returns the known names in lower case. */
    Set<String> known() {
        Set<String> names = new TreeSet<>();
        publicHost.ifPresent(names::add);
        keytabs.stream().flatMap(this::hostsIn).forEach(names::add);
        names.remove(LOCALHOST);
        names.addAll(configured);
        return names;
    }

    /** Returns the hosts of the service principals whose tickets are accepted. */
    private Stream<String> hostsIn(Keytab keytab) {
        return keytab.keys().stream()
                .map(HeldKey::principal)
                .filter(SharedKeys::isHttp)
                .filter(this::isAccepted)
                .map(service -> plain(service.components().get(1)));
    }

    private boolean isAccepted(Principal service) {
        return only.isEmpty() || only.get().equals(service.name()) || only.get().equals(service.toString());
    }

    /** Logs the known names at the start. */
    void report() {
        Set<String> known = known();
        if (known.isEmpty()) {
            LOG.warn("NTLM: this service does not know its own name, so it refuses clients that send the name that"
                    + " they called (as Windows does), unless it is localhost or an address: set"
                    + " kerbearer.public-url or"
                    + " kerbearer.ntlm.target-names");
        } else {
            LOG.infof(
                    "NTLM: a client that sends the name that it called is accepted if this is one of %s%s",
                    known, proxyIsDeclared ? "" : ", or the address that it reached");
        }
    }
}
