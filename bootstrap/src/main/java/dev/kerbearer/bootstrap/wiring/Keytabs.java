package dev.kerbearer.bootstrap.wiring;

import dev.kerbearer.bootstrap.config.KerbearerConfig;
import io.quarkiverse.kerberos.runtime.KerberosConfig;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The keytabs whose keys decrypt tickets: those of the Kerberos extension and Kerbearer's own. */
@Singleton
public final class Keytabs {

    private final List<Path> files;
    private final Optional<String> service;

    public Keytabs(KerberosConfig kerberos, KerbearerConfig config) {
        this.files = Stream.concat(
                        kerberos.keytabPath().stream().map(Path::of),
                        config.negotiate().keytabs().stream().flatMap(List::stream))
                .toList();
        this.service = kerberos.servicePrincipalName();
    }

    /** Returns the files in the order of the configuration. */
    public List<Path> files() {
        return files;
    }

    /** Returns the only service principal whose tickets are accepted, if one is configured. */
    public Optional<String> service() {
        return service;
    }
}
