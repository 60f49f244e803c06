package dev.kerbearer.bootstrap.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.windowsauth.kerberos.ForgedTicket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kerby.kerberos.kerb.type.base.EncryptionKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeytabReportTest {

    private static final String HTTP = "HTTP/localhost@A.EXAMPLE";
    private static final String FILES = "cifs/localhost@A.EXAMPLE";

    @TempDir
    Path folder;

    @Test
    void aKeySharedByServicesIsReportedAcrossKeytabs() throws Exception {
        EncryptionKey key = ForgedTicket.key(3);
        Path web = keytab("web", Map.of(HTTP, key));
        assertThat(warnings(web, keytab("files", Map.of(FILES, ForgedTicket.key(3)))))
                .isEmpty();
        assertThat(warnings(web, keytab("files", Map.of(FILES, key))))
                .singleElement()
                .asString()
                .contains("the same key for an HTTP/ name and for " + FILES, "give HTTP/ an account of its own");
    }

    @Test
    void aRealmWithoutAKeyIsReportedWithTheLineToAdd() throws Exception {
        Path web = keytab("web", Map.of("HTTP/localhost@a.example", ForgedTicket.key(3)));
        Set<String> mapped = Set.of("A.EXAMPLE", "B.EXAMPLE", "C.EXAMPLE");
        assertThat(KeytabReport.warnings(List.of(web), mapped, Set.of("C.EXAMPLE")))
                .singleElement()
                .asString()
                .contains(
                        "No keytab has a key of B.EXAMPLE: ",
                        "kerbearer.negotiate.transited-realms=B.EXAMPLE,C.EXAMPLE and");
        assertThat(KeytabReport.warnings(List.of(), mapped, Set.of()))
                .as("there is no key at all")
                .isEmpty();
    }

    @Test
    void aMissingOrReadableKeytabIsReported() throws Exception {
        Path web = keytab("web", Map.of(HTTP, ForgedTicket.key(3)));
        Files.setPosixFilePermissions(web, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(warnings(web, folder.resolve("none")))
                .containsExactly(
                        "The keytab " + web + " can be read by others than its owner: chmod 600 it",
                        "The keytab " + folder.resolve("none")
                                + " is missing or cannot be read; it is used as soon as it can be read");
    }

    private Path keytab(String name, Map<String, EncryptionKey> keys) throws Exception {
        Path file = ForgedTicket.keytab(folder.resolve(name), keys);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private static List<String> warnings(Path... keytabs) {
        return KeytabReport.warnings(List.of(keytabs), Set.of("A.EXAMPLE"), Set.of());
    }
}
