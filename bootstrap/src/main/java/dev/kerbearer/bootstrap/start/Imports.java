package dev.kerbearer.bootstrap.start;

import dev.kerbearer.application.admin.IntegrationDefinition;
import dev.kerbearer.bootstrap.config.KerbearerConfig;
import dev.kerbearer.bootstrap.wiring.ImportDoubts;
import dev.kerbearer.domain.audit.Act;
import dev.kerbearer.domain.audit.Origin;
import dev.kerbearer.domain.identity.LocalIdentity;
import dev.kerbearer.domain.port.ApiIntegrations;
import dev.kerbearer.domain.port.LocalIdentities;
import dev.kerbearer.domain.port.ResourceServers;
import dev.kerbearer.domain.resource.ResourceServer;
import dev.kerbearer.rest.json.ImportFiles;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Applies the import files at the start, identities first, because integrations can name them. */
@Singleton
public final class Imports {

    private final KerbearerConfig config;
    private final LocalIdentities identities;
    private final UnresolvedTrustees trustees;
    private final ApiIntegrations integrations;
    private final ResourceServers resourceServers;
    private final InstantSource clock;

    public Imports(
            KerbearerConfig config,
            LocalIdentities identities,
            UnresolvedTrustees trustees,
            ApiIntegrations integrations,
            ResourceServers resourceServers,
            InstantSource clock) {
        this.config = config;
        this.identities = identities;
        this.trustees = trustees;
        this.integrations = integrations;
        this.resourceServers = resourceServers;
        this.clock = clock;
    }

    /**
     * What was imported.
     *
     * @param summary how many entries were imported; empty if no file is configured
     * @param doubts warnings about entries that are probably mistakes
     * @param identities the identities, with the passwords of their files
     * @param integrations the integrations
     */
    public record Result(
            String summary,
            List<String> doubts,
            List<LocalIdentity> identities,
            List<IntegrationDefinition> integrations) {

        /** Copies the lists. */
        public Result {
            doubts = List.copyOf(doubts);
            identities = List.copyOf(identities);
            integrations = List.copyOf(integrations);
        }
    }

    /**
     * Applies all import files.
     *
     * @throws dev.kerbearer.rest.json.BadImportException naming file, line and reason; it stops the start
     */
    public Result apply() {
        List<Path> identityFiles = config.identities().files().orElse(List.of());
        List<Path> integrationFiles = config.integrations().files().orElse(List.of());
        List<Path> serverFiles = config.resourceServers().files().orElse(List.of());
        ImportFiles<LocalIdentity> people = ImportFiles.identities(identityFiles);
        ImportFiles<IntegrationDefinition> definitions = ImportFiles.integrations(integrationFiles);
        ImportFiles<ResourceServer> servers = ImportFiles.resourceServers(serverFiles);
        people.apply((identity, file) -> identities.put(identity, Act.atTheStart(origin(file), clock.instant())));
        definitions.apply((definition, file) -> trustees.register(definition, origin(file)));
        servers.apply((server, file) -> resourceServers.put(server, Act.atTheStart(origin(file), clock.instant())));
        int files = identityFiles.size() + integrationFiles.size() + serverFiles.size();
        return new Result(
                files == 0
                        ? ""
                        : ImportDoubts.counts(
                                people.values().size(),
                                definitions.values().size(),
                                servers.values().size(),
                                files),
                doubts(people.values(), servers.values()),
                people.values(),
                definitions.values());
    }

    private static Origin origin(Path file) {
        return Origin.ofImport(file.toString());
    }

    private List<String> doubts(List<LocalIdentity> people, List<ResourceServer> servers) {
        List<String> doubts = new ArrayList<>();
        people.forEach(identity -> doubts.addAll(ImportDoubts.of(identity, config.realms())));
        servers.forEach(server -> doubts.addAll(
                ImportDoubts.of(server, id -> integrations.find(id).isPresent())));
        return doubts;
    }
}
