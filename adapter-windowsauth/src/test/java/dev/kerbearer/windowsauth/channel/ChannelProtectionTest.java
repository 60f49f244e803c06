package dev.kerbearer.windowsauth.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.windowsauth.channel.ChannelProtection.Rule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The end-to-end tests cover the certificate of the connection itself. */
class ChannelProtectionTest {

    private static final Optional<SSLSession> PLAIN_HTTP = Optional.empty();
    private static final ChannelClaim NONE = new ChannelClaim.None(false);

    @TempDir
    Path folder;

    @Test
    void nothingIsCheckedIfProtectionIsOff() throws Exception {
        assertThat(of(Rule.OFF, Optional.empty(), PLAIN_HTTP).isChecked()).isFalse();
        assertThat(of(Rule.OFF, Optional.of(proxy()), tls()).isChecked()).isFalse();
    }

    @Test
    void plainHttpWithoutAProxyCannotBeChecked() throws Exception {
        assertThat(of(Rule.WHEN_PRESENT, Optional.empty(), PLAIN_HTTP).isChecked())
                .isFalse();
        TlsChannel required = of(Rule.REQUIRED, Optional.empty(), PLAIN_HTTP);
        assertThat(required.mismatch(NONE))
                .as("no client can bypass a required binding")
                .isPresent();
        assertThat(required.mismatch(boundTo("leaf-one"))).isPresent();
    }

    @Test
    void behindAProxyTheCertificateOfTheProxyCounts() throws Exception {
        TlsChannel channel = of(Rule.WHEN_PRESENT, Optional.of(proxy()), PLAIN_HTTP);
        assertThat(channel.mismatch(NONE)).isEmpty();
        assertThat(channel.mismatch(boundTo("leaf-one"))).isEmpty();
        assertThat(channel.mismatch(boundTo("leaf-two"))).isPresent();
        assertThat(of(Rule.REQUIRED, Optional.of(proxy()), PLAIN_HTTP).mismatch(NONE))
                .isPresent();
    }

    @Test
    void aConnectionWithoutACertificateAcceptsNoBinding() throws Exception {
        TlsChannel channel = of(Rule.WHEN_PRESENT, Optional.empty(), tls());
        assertThat(channel.mismatch(NONE)).isEmpty();
        assertThat(channel.mismatch(boundTo("leaf-one"))).isPresent();
    }

    /** An undeclared proxy that ends TLS is the exception. */
    @Test
    void aBindingToTlsIsRefusedOverPlainHttpIfTheServiceHasTls() throws Exception {
        TlsChannel plain = new ChannelProtection(Rule.WHEN_PRESENT, Optional.empty(), true).of(PLAIN_HTTP);
        assertThat(plain.isChecked()).isTrue();
        assertThat(plain.mismatch(boundTo("leaf-one")).orElseThrow().detail()).contains("plain HTTP");
        assertThat(plain.mismatch(NONE)).isEmpty();
        assertThat(plain.mismatch(new ChannelClaim.None(true))).isEmpty();
        assertThat(plain.mismatch(new ChannelClaim.Unreadable("it is made with RC4")))
                .isEmpty();
        assertThat(new ChannelProtection(Rule.OFF, Optional.empty(), true)
                        .of(PLAIN_HTTP)
                        .isChecked())
                .isFalse();
        assertThat(new ChannelProtection(Rule.REQUIRED, Optional.empty(), true)
                        .of(PLAIN_HTTP)
                        .mismatch(NONE))
                .isPresent();
    }

    private static TlsChannel of(Rule rule, Optional<ProxyCertificates> proxy, Optional<SSLSession> tls) {
        return new ChannelProtection(rule, proxy, false).of(tls);
    }

    private ProxyCertificates proxy() throws Exception {
        return ProxyCertificates.in(Files.write(folder.resolve("proxy.pem"), Certificates.pem("leaf-one")));
    }

    private static ChannelClaim boundTo(String certificate) {
        return ChannelClaim.ofKerberos(Certificates.bindingTo(certificate), true);
    }

    /** Returns a TLS connection before its handshake. */
    private static Optional<SSLSession> tls() throws Exception {
        return Optional.of(SSLContext.getDefault().createSSLEngine().getSession());
    }
}
