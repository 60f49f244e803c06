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

/** A key and a certificate of a server that signed itself, and what clients make of it who bind their sign-in to it. */
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

    /** One of elliptic curves, signed with SHA-384. */
    static TlsIdentity ofEllipticCurve(Path folder, String host) throws Exception {
        return make(folder, host, "SHA-384", "-keyalg", "EC", "-groupname", "secp384r1", "-sigalg", "SHA384withECDSA");
    }

    /** One of RSA, signed with SHA-256. */
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

    /** Where its files are. */
    Path folder() {
        return folder;
    }

    /** In PEM. */
    Path certificateFile() {
        return folder.resolve("tls.crt");
    }

    /** In PEM. */
    Path keyFile() {
        return folder.resolve("tls.key");
    }

    /** With the certificate as what is trusted; anybody may read it with {@code changeit}. */
    Path storeFile() {
        return folder.resolve("tls.p12");
    }

    /** For its server, and for clients who trust it. */
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

    /** What a client binds himself to (RFC 5929). */
    byte[] channel() throws GeneralSecurityException {
        ByteArrayOutputStream channel = new ByteArrayOutputStream();
        channel.writeBytes(TYPE);
        channel.writeBytes(
                MessageDigest.getInstance(digest).digest(certificate().getEncoded()));
        return channel.toByteArray();
    }

    /** What he sends of it (RFC 4121 section 4.1.1.2), with no addresses. */
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
