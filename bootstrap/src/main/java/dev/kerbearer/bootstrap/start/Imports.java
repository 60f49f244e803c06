package dev.kerbearer.bootstrap.start;

import dev.kerbearer.bootstrap.config.KerbearerConfig;
import dev.kerbearer.domain.audit.Act;
import dev.kerbearer.domain.audit.Origin;
import dev.kerbearer.domain.port.LocalIdentities;
import dev.kerbearer.domain.port.ResourceServers;
import dev.kerbearer.rest.json.ImportFile;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/** Applies the import files at the start, identities first, because integrations can name them. */
@Singleton
public final class Imports {

    private final KerbearerConfig config;
    private final LocalIdentities identities;
    private final UnresolvedTrustees trustees;
    private final ResourceServers resourceServers;
    private final InstantSource clock;

    public Imports(
            KerbearerConfig config,
            LocalIdentities identities,
            UnresolvedTrustees trustees,
            ResourceServers resourceServers,
            InstantSource clock) {
        this.config = config;
        this.identities = identities;
        this.trustees = trustees;
        this.resourceServers = resourceServers;
        this.clock = clock;
    }

    /**
     * Applies all import files.
     *
     * @throws dev.kerbearer.rest.json.BadImportException naming file, line and reason; it stops the start
     */
    public void apply() {
        for (Path file : config.identities().files().orElse(List.of())) {
            Origin origin = Origin.ofImport(file.toString());
            ImportFile.identities(file)
                    .apply(identity -> identities.put(identity, Act.atTheStart(origin, clock.instant())));
        }
        for (Path file : config.integrations().files().orElse(List.of())) {
            Origin origin = Origin.ofImport(file.toString());
            ImportFile.integrations(file).apply(definition -> trustees.register(definition, origin));
        }
        for (Path file : config.resourceServers().files().orElse(List.of())) {
            Origin origin = Origin.ofImport(file.toString());
            ImportFile.resourceServers(file)
                    .apply(server -> resourceServers.put(server, Act.atTheStart(origin, clock.instant())));
        }
    }
}
