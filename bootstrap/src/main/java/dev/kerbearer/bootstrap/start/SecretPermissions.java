package dev.kerbearer.bootstrap.start;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kerbearer.bootstrap.config.KerbearerConfig;
import dev.kerbearer.bootstrap.config.SecretFiles;
import dev.kerbearer.bootstrap.config.SecretKeys;
import dev.kerbearer.windowsauth.keytab.KeytabFile;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;
import org.jboss.logging.Logger;

/** The files that hold secrets, apart from keytabs. Anyone who can read such a file knows its secret. */
@Singleton
final class SecretPermissions {

    private static final Logger LOG = Logger.getLogger("dev.kerbearer");
    private static final String FILE = "file:";

    private static final String MOUNT_FIX = "; if Kubernetes mounts it, set defaultMode: 0400 of that volume";

    /** Configuration keys of Quarkus that name TLS private keys and key stores. */
    private static final Pattern TLS_KEY =
            Pattern.compile("quarkus\\.(tls\\.(.+\\.)?key-store\\.(pem\\..+\\.key|(p12|jks)\\.path)"
                    + "|(http|management)\\.ssl\\.certificate\\.(key-files|key-store-file))");

    private static final Pattern SOURCE_FILE = Pattern.compile("source=file:(?://)?(/[^\\]]+)]");

    private final KerbearerConfig config;
    private final Config all;

    SecretPermissions(KerbearerConfig config, Config all) {
        this.config = config;
        this.all = all;
    }

    /** Logs each file that others than its owner can read, with the fix. */
    void report() {
        complaints().values().forEach(LOG::warn);
    }

    /** Returns what is wrong, by file. Kubernetes mounts files in a read-only folder, where chmod does not work. */
    Map<Path, String> complaints() {
        Map<Path, String> complaints = new LinkedHashMap<>();
        files().forEach((file, what) -> complaint(what, file)
                .ifPresent(words -> complaints.put(file, isOfSecretsDir(file) ? words + MOUNT_FIX : words)));
        return complaints;
    }

    private boolean isOfSecretsDir(Path file) {
        return config.secretsDir()
                .filter(folder -> folder.equals(file.getParent()))
                .isPresent();
    }

    /**
     * Returns what is wrong with a file that holds a secret.
     *
     * @param what the name of the file in the message, with its article
     * @return empty if only the owner can read it, if it is missing, or if the file system has no owners
     */
    static Optional<String> complaint(String what, Path file) {
        try {
            return Files.exists(file) && KeytabFile.othersMayRead(file)
                    ? Optional.of(what + " " + file + " can be read by others than its owner: chmod 600 " + file)
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.of(what + " " + file + " cannot be checked: " + e.getMessage());
        }
    }

    /** Returns each file once, with its description. */
    Map<Path, String> files() {
        Map<Path, String> files = new LinkedHashMap<>();
        files.put(config.dataDir().resolve("keys").resolve("current"), "The server key");
        files.put(config.dataDir().resolve("postgresql.password"), "The embedded database's password");
        Stream.of(config.identities(), config.resourceServers())
                .flatMap(imported -> imported.files().orElse(List.of()).stream())
                .forEach(imported ->
                        namedIn(imported).forEach(file -> files.put(file, "A secret that " + imported + " names,")));
        config.secretsDir()
                .map(SecretFiles::in)
                .ifPresent(secrets -> secrets.forEach(file -> files.put(file, "The secret")));
        ofConfiguration(files);
        return files;
    }

    /** Ignores files that cannot be read, because the import itself reports them. */
    private static Stream<Path> namedIn(Path importFile) {
        try {
            return texts(new ObjectMapper().readTree(importFile.toFile()))
                    .filter(text -> text.startsWith(FILE))
                    .map(SecretPermissions::path);
        } catch (IOException unreadable) {
            return Stream.empty();
        }
    }

    private static Stream<String> texts(JsonNode json) {
        return json.isTextual()
                ? Stream.of(json.textValue())
                : StreamSupport.stream(json.spliterator(), false).flatMap(SecretPermissions::texts);
    }

    private static Path path(String written) {
        return Path.of(written.substring(FILE.length()));
    }

    private void ofConfiguration(Map<Path, String> files) {
        for (Map.Entry<String, ConfigValue> each : configured().entrySet()) {
            String key = each.getKey();
            String value = each.getValue().getValue();
            if (TLS_KEY.matcher(key).matches()) {
                Stream.of(value.split(",")).forEach(file -> files.put(Path.of(file.strip()), "The TLS key " + key));
            } else if (value.startsWith(FILE)) {
                files.put(path(value), "The secret " + key);
            } else {
                Matcher source =
                        SOURCE_FILE.matcher(String.valueOf(each.getValue().getSourceName()));
                if (source.find()) {
                    files.put(Path.of(source.group(1)), "The configuration file with the secret " + key + ",");
                }
            }
        }
    }

    private Map<String, ConfigValue> configured() {
        Map<String, ConfigValue> configured = new TreeMap<>();
        Set<String> seen = new TreeSet<>();
        all.getPropertyNames().forEach(seen::add);
        for (String key : seen) {
            if (TLS_KEY.matcher(key).matches() || SecretKeys.isSecret(key)) {
                ConfigValue value = all.getConfigValue(key);
                if (value.getValue() != null) {
                    configured.put(key, value);
                }
            }
        }
        return configured;
    }
}
