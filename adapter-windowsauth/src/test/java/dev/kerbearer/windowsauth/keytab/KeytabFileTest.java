package dev.kerbearer.windowsauth.keytab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kerbearer.windowsauth.kerberos.ForgedTicket;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeytabFileTest {

    @TempDir
    private Path folder;

    @Test
    void everyKeyIsListed() throws IOException {
        Path keytab = ForgedTicket.keytab(
                folder.resolve("keytab"), "HTTP/auth.example@CORP.EXAMPLE", ForgedTicket.key(2), ForgedTicket.key(3));
        assertThat(KeytabFile.keysIn(keytab))
                .extracting(KeyName::toString)
                .containsExactlyInAnyOrder(
                        "HTTP/auth.example@CORP.EXAMPLE version 2 aes256-cts-hmac-sha1-96",
                        "HTTP/auth.example@CORP.EXAMPLE version 3 aes256-cts-hmac-sha1-96");
    }

    @Test
    void aDeletedKeyIsSkippedAndALargeVersionIsRead() throws IOException {
        Path keytab = Files.write(folder.resolve("keytab"), withHole());
        assertThat(KeytabFile.keysIn(keytab)).containsExactly(new KeyName("HTTP/b@R", 300, 23));
    }

    @Test
    void aFileThatIsNoKeytabIsRefusedWithAReason() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty"));
        Path other = Files.writeString(folder.resolve("other"), "no keytab");
        Path cutOff = Files.write(folder.resolve("cut-off"), Arrays.copyOf(withHole(), 40));
        assertThatThrownBy(() -> KeytabFile.keysIn(empty)).hasMessageEndingWith("is no keytab");
        assertThatThrownBy(() -> KeytabFile.keysIn(other)).hasMessageEndingWith("is no keytab");
        assertThatThrownBy(() -> KeytabFile.keysIn(cutOff)).hasMessageEndingWith("is cut off");
        assertThatThrownBy(() -> KeytabFile.keysIn(folder.resolve("none"))).isInstanceOf(IOException.class);
    }

    /** Returns a keytab as {@code ktutil} leaves it after the first of two keys is deleted. */
    private static byte[] withHole() throws IOException {
        byte[] entry = entry();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(file)) {
            out.writeShort(0x0502);
            out.writeInt(-20);
            out.write(new byte[20]);
            out.writeInt(entry.length);
            out.write(entry);
        }
        return file.toByteArray();
    }

    private static byte[] entry() throws IOException {
        ByteArrayOutputStream entry = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(entry)) {
            out.writeShort(2);
            out.writeUTF("R");
            out.writeUTF("HTTP");
            out.writeUTF("b");
            out.writeInt(1);
            out.writeInt(0);
            out.writeByte(300 & 0xff);
            out.writeShort(23);
            out.writeShort(16);
            out.write(new byte[16]);
            out.writeInt(300);
        }
        return entry.toByteArray();
    }
}
