package dev.kerbearer.windowsauth.keytab;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import javax.security.auth.kerberos.KerberosKey;
import javax.security.auth.kerberos.KerberosPrincipal;
import javax.security.auth.kerberos.KeyTab;

/** Copies a principal's keys under another name of the same account, because the JDK finds a key only by its name. */
public final class KeytabCopy {

    private KeytabCopy() {}

    /**
     * Writes a keytab that only its owner can read. The caller must delete it.
     *
     * @param from the keytab that holds the keys
     * @param principal the name of the keys in that keytab
     * @param name the name of the keys in the copy: a name without {@code /}, and its realm
     */
    public static Path renamed(Path from, String principal, String name) throws IOException {
        return written(
                Files.createTempFile(
                        "kerbearer",
                        ".keytab",
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))),
                from,
                principal,
                name);
    }

    /** If writing fails, the partial copy is deleted. */
    static Path written(Path copy, Path from, String principal, String name) throws IOException {
        try {
            write(from, principal, name, copy);
            return copy;
        } catch (IOException | RuntimeException failure) {
            Files.deleteIfExists(copy);
            throw failure;
        }
    }

    private static void write(Path from, String principal, String name, Path copy) throws IOException {
        try (OutputStream file = Files.newOutputStream(copy);
                DataOutputStream out = new DataOutputStream(file)) {
            out.writeShort(KeytabFile.VERSION);
            KerberosPrincipal service = new KerberosPrincipal(principal, KerberosPrincipal.KRB_NT_SRV_INST);
            for (KerberosKey key : KeyTab.getUnboundInstance(from.toFile()).getKeys(service)) {
                byte[] entry = entry(name, key);
                out.writeInt(entry.length);
                out.write(entry);
            }
        }
    }

    private static byte[] entry(String name, KerberosKey key) throws IOException {
        int at = name.lastIndexOf('@');
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeShort(1);
            write(out, name.substring(at + 1).getBytes(StandardCharsets.UTF_8));
            write(out, name.substring(0, at).getBytes(StandardCharsets.UTF_8));
            out.writeInt(KerberosPrincipal.KRB_NT_PRINCIPAL);
            out.writeInt(0);
            out.writeByte(key.getVersionNumber());
            out.writeShort(key.getKeyType());
            write(out, key.getEncoded());
            out.writeInt(key.getVersionNumber());
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeShort(bytes.length);
        out.write(bytes);
    }
}
