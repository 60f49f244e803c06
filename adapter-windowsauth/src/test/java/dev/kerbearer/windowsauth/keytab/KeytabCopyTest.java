package dev.kerbearer.windowsauth.keytab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kerbearer.windowsauth.kerberos.ForgedTicket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeytabCopyTest {

    private static final String SERVICE = "HTTP/auth.example@CORP.EXAMPLE";

    @TempDir
    private Path folder;

    @Test
    void theCopyHasTheKeysUnderTheOtherName() throws IOException {
        Path copy = KeytabCopy.written(Files.createFile(folder.resolve("copy")), keytab(), SERVICE, "svc@CORP.EXAMPLE");
        assertThat(KeytabFile.keysIn(copy)).extracting(KeyName::principal).containsExactly("svc@CORP.EXAMPLE");
    }

    @Test
    void aFailedCopyIsRemoved() throws IOException {
        Path copy = Files.createFile(folder.resolve("copy"));
        String withoutRealm = "svc";
        assertThatThrownBy(() -> KeytabCopy.written(copy, keytab(), SERVICE, withoutRealm))
                .isInstanceOf(RuntimeException.class);
        assertThat(copy).doesNotExist();
    }

    private Path keytab() {
        return ForgedTicket.keytab(folder.resolve("keytab"), SERVICE, ForgedTicket.key(2));
    }
}
