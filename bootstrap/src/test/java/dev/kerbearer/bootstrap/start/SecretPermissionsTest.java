package dev.kerbearer.bootstrap.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.bootstrap.config.KerbearerConfig;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretPermissionsTest {

    @TempDir
    Path folder;

    private final Map<String, String> configuration = new LinkedHashMap<>();
    private Path configurationFile;

    @BeforeEach
    void anOperatorsFiles() throws IOException {
        configurationFile = file("application.properties");
        configuration.put("kerbearer.data-dir", folder.resolve("data").toString());
        file("data/keys/current");
        file("data/postgresql.password");
        configuration.put("kerbearer.identities.import", imported("identities.json", "password", file("alice")));
        configuration.put("kerbearer.resource-servers.import", imported("servers.json", "secret", file("api")));
        configuration.put("kerbearer.directories.CORP.url", "ldap://dc.corp.example");
        configuration.put("kerbearer.directories.CORP.bind.name", "svc@corp.example");
        configuration.put("kerbearer.directories.CORP.bind.password", "file:" + file("bind"));
        configuration.put(
                "quarkus.tls.https.key-store.pem.first.key", file("tls.key").toString());
        configuration.put("quarkus.tls.key-store.p12.path", file("tls.p12").toString());
        configuration.put("quarkus.http.ssl.certificate.key-files", file("one.key") + "," + file("two.key"));
        configuration.put("quarkus.datasource.password", "not-a-secret-of-anybody");
    }

    @Test
    void aFileReadableOnlyByItsOwnerIsNotReported() throws IOException {
        assertThat(complaints()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data/keys/current",
                "data/postgresql.password",
                "alice",
                "api",
                "bind",
                "tls.key",
                "tls.p12",
                "one.key",
                "two.key",
                "application.properties"
            })
    void aFileReadableByOthersIsReportedWithTheFix(String name) throws IOException {
        for (String permissions : new String[] {"rw-r--r--", "rw-r-----", "rw----r--"}) {
            Path file = folder.resolve(name);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
            assertThat(complaints())
                    .containsOnlyKeys(file)
                    .allSatisfy((named, words) -> assertThat(words)
                            .endsWith(" " + file + " can be read by others than its owner: chmod 600 " + file)
                            .doesNotContain("not-a-secret-of-anybody"));
        }
    }

    /** The mount is read-only, so chmod fails there. */
    @Test
    void aReadableFileOfTheSecretsFolderIsReportedWithTheFixForAMount() throws IOException {
        Path secret = file("secrets/kerbearer.keys.previous");
        configuration.put("kerbearer.secrets-dir", folder.resolve("secrets").toString());
        assertThat(complaints()).isEmpty();
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(complaints())
                .containsOnlyKeys(secret)
                .containsValue("The secret " + secret + " can be read by others than its owner: chmod 600 " + secret
                        + "; if Kubernetes mounts it, set defaultMode: 0400 of that volume");
    }

    @Test
    void aMissingFileIsNotReported() {
        assertThat(SecretPermissions.complaint("The key", folder.resolve("none")))
                .isEmpty();
    }

    /** Kubernetes mounts secrets as links. */
    @Test
    void theTargetOfALinkIsChecked() throws IOException {
        Path file = file("behind");
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        assertThat(SecretPermissions.complaint("The key", link)).isEmpty();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(SecretPermissions.complaint("The key", link)).isPresent();
    }

    private Map<Path, String> complaints() throws IOException {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withMapping(KerbearerConfig.class)
                .withMappingIgnore("quarkus.**")
                .withSources(new PropertiesConfigSource(
                        configuration, "PropertiesConfigSource[source=" + configurationFile.toUri() + "]", 250))
                .build();
        return new SecretPermissions(config.getConfigMapping(KerbearerConfig.class), config).complaints();
    }

    private Path file(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.createFile(
                file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    private String imported(String name, String member, Path secret) throws IOException {
        return Files.writeString(
                        folder.resolve(name), "[{\"name\": \"x\", \"" + member + "\": \"file:" + secret + "\"}]")
                .toString();
    }
}
