package dev.kerbearer.bootstrap;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A self-signed server certificate with its key, and the channel bindings that clients compute from it. */
final class TlsIdentity {

    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final String ALIAS = "server";
    private static final byte[] TYPE = "tls-server-end-point:".getBytes(StandardCharsets.US_ASCII);

    private final Path folder;
    private final KeyStore store;
    private final String digest;

    private TlsIdentity(Path folder, KeyStore store, String digest) {
        this.folder = folder;
        this.store = store;
        this.digest = digest;
    }

    /** Creates an elliptic curve key, with a certificate signed with SHA-384. */
    static TlsIdentity ofEllipticCurve(Path folder, String host) throws Exception {
        return make(folder, host, "SHA-384", "-keyalg", "EC", "-groupname", "secp384r1", "-sigalg", "SHA384withECDSA");
    }

    /** Creates an RSA key, with a certificate signed with SHA-256. */
    static TlsIdentity ofRsa(Path folder, String host) throws Exception {
        return make(folder, host, "SHA-256", "-keyalg", "RSA", "-keysize", "2048", "-sigalg", "SHA256withRSA");
    }

    private static TlsIdentity make(Path folder, String host, String digest, String... kind) throws Exception {
        Path file = Files.createDirectories(folder).resolve("tls.p12");
        List<String> keytool = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-dname",
                "CN=" + host,
                "-ext",
                "san=dns:" + host,
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                String.valueOf(PASSWORD)));
        keytool.addAll(List.of(kind));
        Program.run(folder, Map.of(), "a JDK", keytool);
        TlsIdentity identity = new TlsIdentity(folder, KeyStore.getInstance(file.toFile(), PASSWORD), digest);
        Files.writeString(
                identity.certificateFile(),
                pem("CERTIFICATE", identity.certificate().getEncoded()));
        Files.writeString(
                identity.keyFile(),
                pem("PRIVATE KEY", identity.store.getKey(ALIAS, PASSWORD).getEncoded()));
        return identity;
    }

    private static String pem(String what, byte[] der) {
        return "-----BEGIN " + what + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + what
                + "-----\n";
    }

    X509Certificate certificate() throws GeneralSecurityException {
        return (X509Certificate) store.getCertificate(ALIAS);
    }

    /** Returns the folder of its files. */
    Path folder() {
        return folder;
    }

    /** Returns the certificate file, in PEM. */
    Path certificateFile() {
        return folder.resolve("tls.crt");
    }

    /** Returns the key file, in PEM. */
    Path keyFile() {
        return folder.resolve("tls.key");
    }

    /** Returns the store with the certificate as trusted. Its password is {@code changeit}. */
    Path storeFile() {
        return folder.resolve("tls.p12");
    }

    /** Returns a context for its server and for clients that trust it. */
    SSLContext context() throws GeneralSecurityException, IOException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(ALIAS, certificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), new SecureRandom());
        return context;
    }

    /** Returns what a client binds its sign-in to (RFC 5929). */
    byte[] channel() throws GeneralSecurityException {
        ByteArrayOutputStream channel = new ByteArrayOutputStream();
        channel.writeBytes(TYPE);
        channel.writeBytes(
                MessageDigest.getInstance(digest).digest(certificate().getEncoded()));
        return channel.toByteArray();
    }

    /** Returns the hash that a client sends of it (RFC 4121 section 4.1.1.2), with no addresses. */
    byte[] binding() throws GeneralSecurityException {
        byte[] channel = channel();
        byte[] bindings = ByteBuffer.allocate(20 + channel.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .position(16)
                .putInt(channel.length)
                .put(channel)
                .array();
        return MessageDigest.getInstance("MD5").digest(bindings);
    }
}
