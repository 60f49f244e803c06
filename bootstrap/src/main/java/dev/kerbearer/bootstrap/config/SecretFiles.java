package dev.kerbearer.bootstrap.config;

import dev.kerbearer.bootstrap.Kerbearer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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
 * Configuration from files, one file a key, as Kubernetes mounts a secret: the file's name is the key, its content the
 * value. Which files there are is looked at once; a value is read again whenever it is asked for, so that a secret that
 * was replaced is known without a restart.
 */
public final class SecretFiles implements ConfigSource {

    /** Below system properties (400), environment variables (300) and .env (295), above the application's files (260). */
    static final int ORDINAL = 280;

    private static final List<String> STRICT = List.of("kerbearer.", "quarkus.");
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final Path folder;
    private final UnaryOperator<String> written;
    private final Set<String> keys = new TreeSet<>();
    private final Map<String, String> lastGood = new ConcurrentHashMap<>();

    /**
     * Looks which keys there are, and reads those that Kerbearer and Quarkus have a meaning for.
     *
     * @param written how the configuration writes a text that is to be taken as it stands
     * @throws IllegalStateException where the folder or one of those files cannot be used
     */
    SecretFiles(Path folder, UnaryOperator<String> written) {
        this.folder = folder;
        this.written = written;
        in(folder).forEach(file -> keys.add(file.getFileName().toString()));
        keys.stream().filter(key -> STRICT.stream().anyMatch(key::startsWith)).forEach(this::getValue);
    }

    /**
     * The files of a folder that are keys. What begins with a dot is none: Kubernetes keeps its own there ({@code ..data}).
     *
     * @throws IllegalStateException where there is no such folder
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
     * The files of that folder that the configuration has.
     *
     * @throws IllegalStateException where it has none of them, because the folder was named by a source that is read later
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

    /** Those that can be read: beside keys there may be files of other kinds, such as a keytab. */
    @Override
    public Map<String, String> getProperties() {
        Map<String, String> all = new HashMap<>();
        keys.forEach(key -> read(key).ifPresent(value -> all.put(key, value)));
        return all;
    }

    /** While a file is being replaced, what it said before. */
    @Override
    public @Nullable String getValue(String key) {
        if (!keys.contains(key)) {
            return null;
        }
        read(key).ifPresent(value -> lastGood.put(key, value));
        String value = lastGood.get(key);
        if (value == null) {
            // What is wrong with a secret is told without the secret.
            throw new IllegalStateException(SecretFilesFactory.KEY + ": the file " + folder.resolve(key)
                    + " is empty, cannot be read or is no text in UTF-8: put the value of " + key
                    + " there, or remove the file");
        }
        return value;
    }

    private Optional<String> read(String key) {
        try {
            return Optional.of(content(folder.resolve(key)))
                    .filter(value -> !value.isEmpty())
                    .map(written);
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /** Without what editors and shells put around a value: a byte order mark before it and one end of a line after it. */
    private static String content(Path file) throws IOException {
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                .toString();
        String value = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        String line = value.endsWith("\n") ? value.substring(0, value.length() - 1) : value;
        return line.length() < value.length() && line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
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
