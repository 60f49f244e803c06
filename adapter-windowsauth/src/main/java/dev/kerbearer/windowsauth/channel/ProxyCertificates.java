package dev.kerbearer.windowsauth.channel;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * The certificates that clients see at the proxy: a PEM file that is read again when it changes. The first certificate
 * counts, and every further one that is not of an authority. So the file can be the proxy's chain, or also hold the
 * next certificate.
 */
public final class ProxyCertificates {

    private static final Logger LOG = Logger.getLogger(ProxyCertificates.class);
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN CERTIFICATE-----(.*?)-----END CERTIFICATE-----", Pattern.DOTALL);

    private final Path file;
    private volatile Reading last;

    /** The content of the file at one time. */
    private record Reading(Optional<Version> version, List<ServerEndPoint> ends) {}

    /** Identifies a version of the file. */
    private record Version(FileTime time, long size) {

        static Version of(Path file) throws IOException {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Version(attributes.lastModifiedTime(), attributes.size());
        }
    }

    private ProxyCertificates(Path file, Reading first) {
        this.file = file;
        this.last = first;
    }

    /**
     * Reads the certificates of a file.
     *
     * @throws IOException if the file cannot be read or holds no certificate; the message says so
     */
    public static ProxyCertificates in(Path file) throws IOException {
        return new ProxyCertificates(file, read(file, Version.of(file)));
    }

    List<ServerEndPoint> ends() {
        Optional<Version> now = version();
        Reading reading = last;
        return now.equals(reading.version()) ? reading.ends() : again(now);
    }

    private Optional<Version> version() {
        try {
            return Optional.of(Version.of(file));
        } catch (IOException missing) {
            return Optional.empty();
        }
    }

    /**
     * Reads the file again. If it is missing or malformed, the old certificates stay valid and one warning is logged.
     */
    private synchronized List<ServerEndPoint> again(Optional<Version> now) {
        if (now.equals(last.version())) {
            return last.ends();
        }
        try {
            if (now.isEmpty()) {
                throw new IOException(file + " is missing or cannot be read");
            }
            last = read(file, now.get());
            LOG.infof("The proxy's certificates were reloaded: %s", last.ends());
        } catch (IOException spoilt) {
            LOG.warnf(
                    "The proxy's certificates cannot be reloaded, so the old ones stay in use: %s",
                    spoilt.getMessage());
            last = new Reading(now, last.ends());
        }
        return last.ends();
    }

    private static Reading read(Path file, Version version) throws IOException {
        List<ServerEndPoint> ends = new ArrayList<>();
        try {
            for (X509Certificate certificate : certificatesIn(file)) {
                if (ends.isEmpty() || certificate.getBasicConstraints() < 0) {
                    ends.add(ServerEndPoint.of(certificate));
                }
            }
        } catch (CertificateException | IllegalArgumentException malformed) {
            throw new IOException(file + " holds a certificate that cannot be read", malformed);
        }
        if (ends.isEmpty()) {
            throw new IOException(file + " holds no certificate in PEM");
        }
        return new Reading(Optional.of(version), List.copyOf(ends));
    }

    private static List<X509Certificate> certificatesIn(Path file) throws IOException, CertificateException {
        CertificateFactory x509 = CertificateFactory.getInstance("X.509");
        List<X509Certificate> certificates = new ArrayList<>();
        Matcher pem = PEM.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
        while (pem.find()) {
            byte[] der = Base64.getMimeDecoder().decode(pem.group(1));
            certificates.add((X509Certificate) x509.generateCertificate(new ByteArrayInputStream(der)));
        }
        return certificates;
    }

    /** Returns the certificates, for the log. */
    @Override
    public String toString() {
        return last.ends().toString();
    }
}
