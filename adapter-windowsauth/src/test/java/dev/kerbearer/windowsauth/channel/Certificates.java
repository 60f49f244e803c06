package dev.kerbearer.windowsauth.channel;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Objects;

/** Leaf and CA certificates made by OpenSSL, each named by its key and the digest of its signature. */
final class Certificates {

    private Certificates() {}

    static byte[] pem(String name) {
        try (InputStream resource = Certificates.class.getResourceAsStream(name + ".pem")) {
            return Objects.requireNonNull(resource, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static X509Certificate named(String name) {
        try (InputStream resource = Certificates.class.getResourceAsStream(name + ".pem")) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(resource);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (CertificateException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns the channel binding of a client that sees this certificate. */
    static byte[] bindingTo(String name) {
        return ServerEndPoint.binding(CertificateDigest.of(named(name)), 0);
    }
}
