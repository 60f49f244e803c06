package dev.kerbearer.windowsauth.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProxyCertificatesTest {

    @TempDir
    Path folder;

    private Path file = Path.of("");
    private int changes;

    @BeforeEach
    void aFile() {
        file = folder.resolve("proxy.pem");
    }

    @Test
    void theLeafOfAChainCounts() throws IOException {
        write("leaf-one", "ecdsa-sha384");
        assertThat(ProxyCertificates.in(file)).hasToString("[CN=leaf-one]");
    }

    @Test
    void theFirstCertificateCountsEvenIfItIsSelfSigned() throws IOException {
        write("ecdsa-sha384", "rsa-sha256");
        assertThat(ProxyCertificates.in(file)).hasToString("[CN=ecdsa-sha384]");
    }

    @Test
    void theFileMayHoldTheCurrentAndTheNextCertificate() throws IOException {
        write("leaf-one", "ecdsa-sha384", "leaf-two");
        assertThat(ProxyCertificates.in(file)).hasToString("[CN=leaf-one, CN=leaf-two]");
    }

    @Test
    void otherContentOfTheFileIsIgnored() throws IOException {
        Files.write(file, join("Bag\n-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "leaf-one"));
        assertThat(ProxyCertificates.in(file)).hasToString("[CN=leaf-one]");
    }

    @Test
    void aChangedFileIsReadAgain() throws IOException {
        write("leaf-one");
        ProxyCertificates certificates = ProxyCertificates.in(file);
        write("leaf-two");
        assertThat(certificates.ends()).hasToString("[CN=leaf-two]");
    }

    @Test
    void theLastGoodCertificateStaysInUseIfTheFileIsInvalidOrMissing() throws IOException {
        write("leaf-one");
        ProxyCertificates certificates = ProxyCertificates.in(file);
        change("nonsense");
        assertThat(certificates.ends()).hasToString("[CN=leaf-one]");
        Files.delete(file);
        assertThat(certificates.ends()).hasToString("[CN=leaf-one]");
        write("leaf-two");
        assertThat(certificates.ends()).hasToString("[CN=leaf-two]");
    }

    @Test
    void theErrorNamesAFileWithoutACertificate() throws IOException {
        assertThatThrownBy(() -> ProxyCertificates.in(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString());
        change("nonsense");
        assertThatThrownBy(() -> ProxyCertificates.in(file)).hasMessage(file + " holds no certificate in PEM");
        change("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        assertThatThrownBy(() -> ProxyCertificates.in(file))
                .hasMessage(file + " holds a certificate that cannot be read");
        change("-----BEGIN CERTIFICATE-----\n?\n-----END CERTIFICATE-----\n");
        assertThatThrownBy(() -> ProxyCertificates.in(file)).isInstanceOf(IOException.class);
    }

    private void write(String... names) throws IOException {
        changed(join("", names));
    }

    private void change(String content) throws IOException {
        changed(join(content));
    }

    /** Gives the file a new time stamp, however coarse the file system's clock is. */
    private void changed(byte[] content) throws IOException {
        Files.write(file, content);
        Files.setLastModifiedTime(
                file, FileTime.from(Instant.parse("2026-11-25T00:00:00Z").plusSeconds(++changes)));
    }

    private static byte[] join(String before, String... names) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.writeBytes(before.getBytes(StandardCharsets.US_ASCII));
        for (String name : names) {
            content.writeBytes(Certificates.pem(name));
        }
        return content.toByteArray();
    }
}
