package dev.kerbearer.rest.json;

import dev.kerbearer.application.admin.IntegrationDefinition;
import dev.kerbearer.domain.identity.LocalIdentity;
import dev.kerbearer.domain.port.LocalIdentities.AlreadyTaken;
import dev.kerbearer.domain.resource.ResourceServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * JSON files of integrations, of local identities or of resource servers (docs/import.md). All files are read before
 * anything is applied. Two entries for the same thing are refused, because the second one would silently replace the
 * first.
 *
 * @param <T> the type of the entries
 */
public final class ImportFiles<T> {

    private final List<ImportEntry<T>> entries;

    private ImportFiles(List<ImportEntry<T>> entries) {
        this.entries = List.copyOf(entries);
    }

    /**
     * Reads integrations.
     *
     * @throws BadImportException if a file is missing or malformed, or if two entries have the same id
     */
    public static ImportFiles<IntegrationDefinition> integrations(List<Path> files) {
        return read(
                files,
                file -> ImportFile.read(file, IntegrationJson.class, IntegrationJson::toDefinition),
                integration -> List.of("the id " + integration.id()));
    }

    /**
     * Reads local identities.
     *
     * @throws BadImportException if a file is missing or malformed, or if two entries have the same name, guid or
     *     principal
     */
    public static ImportFiles<LocalIdentity> identities(List<Path> files) {
        return read(
                files,
                file -> ImportFile.read(file, LocalIdentityJson.class, LocalIdentityJson::toDomain),
                ImportFiles::namesOf);
    }

    /**
     * Reads resource servers.
     *
     * @throws BadImportException if a file is missing or malformed, or if two entries have the same id
     */
    public static ImportFiles<ResourceServer> resourceServers(List<Path> files) {
        return read(
                files,
                file -> ImportFile.read(file, ResourceServerJson.class, ResourceServerJson::toDomain),
                server -> List.of("the id " + server.id()));
    }

    private static List<String> namesOf(LocalIdentity identity) {
        List<String> names = new ArrayList<>();
        names.add("the name " + identity.name().name());
        identity.guid().ifPresent(guid -> names.add("the guid " + guid));
        identity.principals().forEach(principal -> names.add("the principal " + principal));
        return names;
    }

    private static <T> ImportFiles<T> read(
            List<Path> files, Function<Path, List<ImportEntry<T>>> reading, Function<T, List<String>> names) {
        List<ImportEntry<T>> entries = new ArrayList<>();
        files.forEach(file -> entries.addAll(reading.apply(file)));
        Map<String, ImportEntry<T>> seen = new HashMap<>();
        for (ImportEntry<T> entry : entries) {
            for (String name : names.apply(entry.value())) {
                ImportEntry<T> first = seen.putIfAbsent(name, entry);
                if (first != null) {
                    throw entry.refused(name + " is there twice: in " + first.placeAsSeenFrom(entry) + " and in "
                            + entry.placeAsSeenFrom(entry));
                }
            }
        }
        return new ImportFiles<>(entries);
    }

    /** Returns the entries, in the order in which they are applied. */
    public List<T> values() {
        return entries.stream().map(ImportEntry::value).toList();
    }

    /**
     * Applies one entry after another.
     *
     * @param application takes an entry, and the file that has it
     * @throws BadImportException if an entry cannot be applied; the entries before it stay applied
     */
    public void apply(BiConsumer<T, Path> application) {
        entries.forEach(entry -> {
            try {
                application.accept(entry.value(), entry.file());
            } catch (IllegalArgumentException | AlreadyTaken refused) {
                throw entry.refused(String.valueOf(refused.getMessage()));
            }
        });
    }
}
