package dev.kerbearer.windowsauth.channel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;

/** A TLS channel, identified by its server's certificate: {@code tls-server-end-point} (RFC 5929 section 4). */
final class ServerEndPoint {

    private static final byte[] TYPE = "tls-server-end-point:".getBytes(StandardCharsets.US_ASCII);

    /** The address type for no address. Most clients write this one; Java's public API writes the other (RFC 2744). */
    private static final int UNSPECIFIED = 0;

    private static final int NULL_ADDRESS = 255;

    private final String name;
    private final byte[] binding;
    private final byte[] bindingOfJava;

    private ServerEndPoint(String name, byte[] certificateDigest) {
        this.name = name;
        this.binding = binding(certificateDigest, UNSPECIFIED);
        this.bindingOfJava = binding(certificateDigest, NULL_ADDRESS);
    }

    static ServerEndPoint of(X509Certificate certificate) {
        return new ServerEndPoint(certificate.getSubjectX500Principal().getName(), CertificateDigest.of(certificate));
    }

    /** Returns whether a binding is to this channel. */
    boolean isMeantBy(byte[] claimed) {
        return MessageDigest.isEqual(binding, claimed) || MessageDigest.isEqual(bindingOfJava, claimed);
    }

    /** Returns the digest of RFC 4121 section 4.1.1.2, over two empty addresses and the application data. */
    static byte[] binding(byte[] certificateDigest, int addressType) {
        int length = TYPE.length + certificateDigest.length;
        byte[] channel = ByteBuffer.allocate(5 * Integer.BYTES + length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(addressType)
                .putInt(0)
                .putInt(addressType)
                .putInt(0)
                .putInt(length)
                .put(TYPE)
                .put(certificateDigest)
                .array();
        try {
            return MessageDigest.getInstance("MD5").digest(channel);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no MD5, which channel binding needs", e);
        }
    }

    /** Returns the subject of the certificate, for the log. */
    @Override
    public String toString() {
        return name;
    }
}
