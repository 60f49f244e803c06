package dev.kerbearer.bootstrap.command;

import dev.kerbearer.application.admin.IntegrationDefinition;
import dev.kerbearer.bootstrap.config.KerbearerConfig;
import dev.kerbearer.domain.identity.Caller;
import dev.kerbearer.domain.identity.Identity;
import dev.kerbearer.domain.identity.LocalIdentity;
import dev.kerbearer.domain.identity.Principal;
import dev.kerbearer.domain.identity.Provider;
import dev.kerbearer.domain.port.Directory.Recognition;
import dev.kerbearer.domain.port.Unavailable;
import dev.kerbearer.domain.resource.ResourceServer;
import dev.kerbearer.rest.json.BadImportException;
import dev.kerbearer.rest.json.ImportFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The entries of the import files, as the next start would apply them.
 *
 * @param faults the reasons why files would stop the start
 */
record ImportedEntries(
        List<LocalIdentity> identities,
        List<IntegrationDefinition> integrations,
        List<ResourceServer> resourceServers,
        int files,
        List<String> faults) {

    static ImportedEntries of(KerbearerConfig config) {
        var identities = config.identities().files().orElse(List.of());
        var integrations = config.integrations().files().orElse(List.of());
        var servers = config.resourceServers().files().orElse(List.of());
        List<String> faults = new ArrayList<>();
        return new ImportedEntries(
                read(() -> ImportFiles.identities(identities), faults),
                read(() -> ImportFiles.integrations(integrations), faults),
                read(() -> ImportFiles.resourceServers(servers), faults),
                identities.size() + integrations.size() + servers.size(),
                faults);
    }

    private static <T> List<T> read(Supplier<ImportFiles<T>> files, List<String> faults) {
        try {
            return files.get().values();
        } catch (BadImportException bad) {
            faults.add(bad.getMessage());
            return List.of();
        }
    }

    /**
     * Looks up an identity that the next start imports.
     *
     * @throws Unavailable if no file has the identity, because it may be in the database
     */
    Recognition recognise(Principal principal) {
        return identities.stream()
                .filter(identity -> identity.principals().contains(principal))
                .findFirst()
                .map(ImportedEntries::recognised)
                .orElseThrow(() -> new Unavailable(
                        "storage",
                        new IllegalStateException("the database is not reached, and no import file has it")));
    }

    private static Recognition recognised(LocalIdentity identity) {
        Identity id = new Identity(Provider.LOCAL, identity.guid().orElseGet(UUID::randomUUID));
        return identity.enabled()
                ? new Recognition.Recognised(new Caller(id, identity.name(), Set.of(), Optional.empty()))
                : new Recognition.Disabled(id);
    }
}
