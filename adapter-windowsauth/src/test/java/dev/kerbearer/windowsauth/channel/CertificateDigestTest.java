package dev.kerbearer.windowsauth.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateDigestTest {

    @ParameterizedTest
    @CsvSource({
        "rsa-sha256, SHA-256",
        "rsa-sha512, SHA-512",
        "ecdsa-sha384, SHA-384",
        "ecdsa-sha3, SHA3-384",
        "pss-sha384, SHA-384",
        "pss-sha512, SHA-512",
        // A broken digest is replaced.
        "rsa-md5, SHA-256",
        "rsa-sha1, SHA-256",
        "pss-sha1, SHA-256",
        // The signature has no digest of its own.
        "ed25519, SHA-256",
        "ed448, SHA-256"
    })
    void theDigestIsThatOfTheSignatureUnlessItIsBroken(String name, String digest) throws Exception {
        X509Certificate certificate = Certificates.named(name);
        assertThat(CertificateDigest.algorithm(certificate)).isEqualTo(digest);
        assertThat(CertificateDigest.of(certificate))
                .isEqualTo(MessageDigest.getInstance(digest).digest(certificate.getEncoded()));
    }
}
