package dev.kerbearer.bootstrap.config;

import dev.kerbearer.domain.secret.SecretText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * Configuration from files, one file per key, as Kubernetes mounts a secret. The file name is the key and its content
 * is the value. The set of files is read once. A value is read again at each access, so a replaced secret needs no
 * restart.
 */
public final class SecretFiles implements ConfigSource {

    /** Below system properties (400), environment variables (300) and .env (295), above application files (260). */
    static final int ORDINAL = 280;

    private static final List<String> STRICT = List.of("kerbearer.", "quarkus.");

    private final Path folder;
    private final UnaryOperator<String> written;
    private final Set<String> keys = new TreeSet<>();
    private final Map<String, String> lastGood = new ConcurrentHashMap<>();

    /**
     * Lists the keys, and reads those that have a meaning for Kerbearer and Quarkus.
     *
     * @param written escapes a text so that the configuration takes it literally
     * @throws IllegalStateException if the folder or one of those files cannot be used
     */
    SecretFiles(Path folder, UnaryOperator<String> written) {
        this.folder = folder;
        this.written = written;
        in(folder).forEach(file -> keys.add(file.getFileName().toString()));
        keys.stream().filter(key -> STRICT.stream().anyMatch(key::startsWith)).forEach(this::getValue);
    }

    /**
     * Returns the files of a folder that are keys. Names that begin with a dot are skipped, because Kubernetes keeps
     * its own files there ({@code ..data}).
     *
     * @throws IllegalStateException if there is no such folder
     */
    public static List<Path> in(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !file.getFileName().toString().startsWith("."))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (IOException missing) {
            throw new IllegalStateException(
                    SecretFilesFactory.KEY + ": the folder " + folder + " is missing or cannot be read", missing);
        }
    }

    /**
     * Returns the files of that folder that the configuration has loaded.
     *
     * @throws IllegalStateException if none was loaded, because the folder was named by a source that is read later
     */
    public static List<Path> loaded(Config config, Path folder) {
        for (ConfigSource source : config.getConfigSources()) {
            if (name(folder).equals(source.getName())) {
                return source.getPropertyNames().stream()
                        .sorted()
                        .map(folder::resolve)
                        .toList();
            }
        }
        throw new IllegalStateException(SecretFilesFactory.KEY + ": the files of " + folder
                + " are not read, because the key is in a file of quarkus.config.locations: set it as a system property, as"
                + " an environment variable, in .env or in config/application.properties");
    }

    @Override
    public Set<String> getPropertyNames() {
        return keys;
    }

    /** Returns the values that can be read. Other files, such as a keytab, may be in the same folder. */
    @Override
    public Map<String, String> getProperties() {
        Map<String, String> all = new HashMap<>();
        keys.forEach(key -> read(key).ifPresent(value -> all.put(key, value)));
        return all;
    }

    /** Returns the value, or the last good value while the file is being replaced. Null if the key has no file. */
    @Override
    public @Nullable String getValue(String key) {
        if (!keys.contains(key)) {
            return null;
        }
        read(key).ifPresent(value -> lastGood.put(key, value));
        String value = lastGood.get(key);
        if (value == null) {
            // The message must not contain the secret.
            throw new IllegalStateException(SecretFilesFactory.KEY + ": the file " + folder.resolve(key)
                    + " is empty, cannot be read or is not UTF-8 text: put the value of " + key
                    + " there, or remove the file");
        }
        return value;
    }

    private Optional<String> read(String key) {
        try {
            return Optional.of(SecretText.of(Files.readAllBytes(folder.resolve(key))))
                    .filter(value -> !value.isEmpty())
                    .map(written);
        } catch (IOException | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    @Override
    public int getOrdinal() {
        return ORDINAL;
    }

    @Override
    public String getName() {
        return name(folder);
    }

    private static String name(Path folder) {
        return "SecretFiles[" + folder + "]";
    }

    @Override
    public String toString() {
        return getName();
    }
}
