package dev.kerbearer.bootstrap.wiring;

import dev.kerbearer.bootstrap.config.KerbearerConfig;
import dev.kerbearer.windowsauth.kerberos.AcceptedKeys;
import dev.kerbearer.windowsauth.keytab.KeytabFile;
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

    /** Returns one sentence for each file that cannot be used now. The sentence begins with the name of the file. */
    public List<String> faults() {
        return files.stream()
                .flatMap(file -> KeytabFile.fault(file).map(fault -> file + " " + fault).stream())
                .toList();
    }

    /** Returns why nobody can sign in with Kerberos now; empty if a key for tickets is there. */
    public Optional<String> lacking() {
        if (files.isEmpty()) {
            return Optional.of("no keytab is configured");
        }
        return AcceptedKeys.areIn(files, service)
                ? Optional.empty()
                : Optional.of("no keytab holds a key of " + service.orElse("a principal HTTP/<host>@<REALM>"));
    }

    /** Returns the only service principal whose tickets are accepted, if one is configured. */
    public Optional<String> service() {
        return service;
    }
}
