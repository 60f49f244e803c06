package dev.kerbearer.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.bootstrap.RawHttp.Answer;
import dev.kerbearer.persistence.PreparedData;
import dev.kerbearer.persistence.embedded.EmbeddedDatabase;
import dev.kerbearer.windowsauth.ntlm.NtlmClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Sign-ins under TLS that are bound to the right channel, to a wrong one, or to none, against the packaged application.
 */
class ChannelBindingIT {

    private static final String SERVICE = "HTTP/localhost";
    private static final String OTHER_HOST = "other.example";
    private static final String BOUND_TO_ANOTHER =
            "Authentication failed: the sign-in is bound to another TLS channel (channel binding)";
    private static final String UNBOUND_BUT_REQUIRED =
            "Authentication failed: the sign-in is not bound to this TLS channel, as is required here (channel binding)";
    private static final String UNBOUND_BUT_ABLE =
            "Authentication failed: the sign-in is not bound to this TLS channel, though its client can do that"
                    + " (channel binding)";

    private static Practice practice;
    private static EmbeddedDatabase database;
    private static TlsIdentity identity;
    private static TlsIdentity other;
    private static SSLContext trusting;
    private static RunningKerbearer whenPresent;
    private static RunningKerbearer required;

    @BeforeAll
    static void start() throws Exception {
        practice = Practice.start();
        // All nodes share one database, so that only the nodes have to start.
        database = PreparedData.start(practice.folder("database"));
        identity = TlsIdentity.ofEllipticCurve(practice.folder("tls"), "localhost");
        other = TlsIdentity.ofRsa(practice.folder("other-tls"), OTHER_HOST);
        trusting = context(new OpenTrust());
        whenPresent = RunningKerbearer.start(practice.folder("when-present"), underTls(other.folder()));
        Map<String, String> configuration = underTls(practice.folder("changing-tls"));
        copy(other, practice.folder("changing-tls"));
        configuration.put("kerbearer.negotiate.channel-binding", "required");
        configuration.put("quarkus.tls.https.reload-period", "1s");
        required = RunningKerbearer.start(practice.folder("required"), configuration);
    }

    @AfterAll
    static void stop() {
        whenPresent.close();
        required.close();
        database.close();
        practice.close();
    }

    private static void copy(TlsIdentity from, Path to) throws IOException {
        for (Path file : List.of(from.certificateFile(), from.keyFile())) {
            Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Configures two certificates, one for each name that a client may ask for. The second is in that folder. */
    private static Map<String, String> underTls(Path second) {
        Map<String, String> configuration = practice.configuration(database);
        configuration.put("kerbearer.ntlm.enabled", "true");
        configuration.put("quarkus.http.ssl-port", "0");
        configuration.put("quarkus.http.tls-configuration-name", "https");
        configuration.put("quarkus.tls.https.protocols", "TLSv1.3,TLSv1.2");
        configuration.put("quarkus.tls.https.key-store.sni", "true");
        configuration.put(
                "quarkus.tls.https.key-store.pem.first.cert",
                identity.certificateFile().toString());
        configuration.put(
                "quarkus.tls.https.key-store.pem.first.key", identity.keyFile().toString());
        configuration.put(
                "quarkus.tls.https.key-store.pem.second.cert",
                second.resolve(other.certificateFile().getFileName()).toString());
        configuration.put(
                "quarkus.tls.https.key-store.pem.second.key",
                second.resolve(other.keyFile().getFileName()).toString());
        return configuration;
    }

    @Test
    void aSignInBoundToThisChannelIsAccepted() throws Exception {
        for (RunningKerbearer node : List.of(whenPresent, required)) {
            assertThat(kerberos(node, right()).status()).as(node.output()).isEqualTo(200);
            assertThat(kerberos(node, practice.forged().on(identity.binding()).inSpnego())
                            .status())
                    .isEqualTo(200);
            assertThat(kerberos(
                                    node,
                                    practice.forged()
                                            .bindingChannels()
                                            .on(identity.binding())
                                            .inSpnego())
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void aSignInBoundToAnotherChannelIsRefusedAndTheLogSaysWhy() throws Exception {
        for (RunningKerbearer node : List.of(whenPresent, required)) {
            assertRefused(kerberos(node, wrong()), BOUND_TO_ANOTHER);
            assertRefused(kerberos(node, practice.forged().on(other.binding()).raw()), BOUND_TO_ANOTHER);
            assertThat(node.output())
                    .contains("of alice@PRACTICE.EXAMPLE: the client bound the sign-in to another channel than that of"
                            + " CN=localhost");
        }
    }

    @Test
    void anUnboundSignInIsAcceptedUnlessBindingIsRequiredOrAnnounced() throws Exception {
        assertThat(kerberos(whenPresent, none()).status()).isEqualTo(200);
        assertRefused(kerberos(required, none()), UNBOUND_BUT_REQUIRED);
        assertRefused(kerberos(whenPresent, practice.forged().bindingChannels().inSpnego()), UNBOUND_BUT_ABLE);
    }

    @Test
    void everyRequestOfAConnectionIsCheckedSeparately() throws Exception {
        try (KeptConnection connection = connectionTo(whenPresent)) {
            assertThat(kerberos(connection, right()).status()).isEqualTo(200);
            assertRefused(kerberos(connection, wrong()), BOUND_TO_ANOTHER);
            assertThat(kerberos(connection, none()).status()).isEqualTo(200);
            assertRefused(kerberos(connection, wrong()), BOUND_TO_ANOTHER);
            assertThat(kerberos(connection, right()).status()).isEqualTo(200);
        }
    }

    /** A client binds to the certificate of its own connection, so the server must check that one too. */
    @Test
    void theCertificateOfTheConnectionCounts() throws Exception {
        try (KeptConnection connection = KeptConnection.to(whenPresent.tlsPort(), trusting, OTHER_HOST)) {
            assertThat(kerberos(connection, wrong()).status()).isEqualTo(200);
            assertRefused(kerberos(connection, right()), BOUND_TO_ANOTHER);
        }
    }

    @Test
    void newConnectionsUseTheReloadedCertificateAndOldConnectionsTheOldOne() throws Exception {
        TlsIdentity next = TlsIdentity.ofRsa(practice.folder("next-tls"), OTHER_HOST);
        byte[] boundToNext = practice.user("alice").token(SERVICE, next.channel());
        try (KeptConnection old = KeptConnection.to(required.tlsPort(), trusting, OTHER_HOST)) {
            assertThat(kerberos(old, wrong()).status()).isEqualTo(200);
            copy(next, practice.folder("changing-tls"));
            try (KeptConnection connection = connectionThatShows(next)) {
                assertThat(kerberos(connection, boundToNext).status()).isEqualTo(200);
                assertRefused(kerberos(connection, wrong()), BOUND_TO_ANOTHER);
            }
            assertThat(kerberos(old, wrong()).status()).isEqualTo(200);
        }
    }

    private static KeptConnection connectionThatShows(TlsIdentity wanted) throws Exception {
        for (int tries = 0; tries < 100; tries++) {
            OpenTrust trust = new OpenTrust();
            KeptConnection connection = KeptConnection.to(required.tlsPort(), context(trust), OTHER_HOST);
            // After the first file is replaced and before the second is, no handshake succeeds.
            boolean answered = connection.ask(RawHttp.get(0, Practice.VERIFY)).isPresent();
            if (answered && trust.hasSeen(wanted.certificate())) {
                return connection;
            }
            connection.close();
            TimeUnit.MILLISECONDS.sleep(200);
        }
        throw new AssertionError("the certificate is not taken up:\n" + required.output());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void aResumedSessionKeepsItsCertificate(String version) throws Exception {
        OpenTrust trust = new OpenTrust();
        SSLContext client = context(trust, version);
        for (int connections = 0; connections < 3; connections++) {
            try (KeptConnection connection = KeptConnection.to(required.tlsPort(), client, "localhost")) {
                assertThat(kerberos(connection, right()).status()).isEqualTo(200);
                assertRefused(kerberos(connection, wrong()), BOUND_TO_ANOTHER);
            }
        }
        assertThat(trust.handshakes()).as("with certificates").isEqualTo(1);
    }

    @Test
    void bindingIsCheckedOverHttp2() throws Exception {
        assertThat(overHttp2(right())).isEqualTo(200);
        assertThat(overHttp2(wrong())).isEqualTo(401);
        assertThat(overHttp2(none())).isEqualTo(401);
    }

    private static int overHttp2(byte[] token) throws Exception {
        HttpClient client = HttpClient.newBuilder()
                .sslContext(identity.context())
                .version(HttpClient.Version.HTTP_2)
                .build();
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create(url(required.tlsPort()) + Practice.AUTHORIZE))
                        .header("Authorization", Practice.negotiate(token))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(Practice.REQUEST))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        return answer.statusCode();
    }

    @ParameterizedTest
    @ValueSource(strings = {"NTLM", "Negotiate"})
    void bindingIsCheckedForNtlm(String scheme) throws Exception {
        for (RunningKerbearer node : List.of(whenPresent, required)) {
            assertThat(ntlm(node, scheme, alice().on(identity.binding())).status())
                    .isEqualTo(200);
            assertRefused(ntlm(node, scheme, alice().on(other.binding())), BOUND_TO_ANOTHER);
        }
        assertThat(ntlm(whenPresent, scheme, alice()).status()).isEqualTo(200);
        assertRefused(ntlm(whenPresent, scheme, alice().on(new byte[16])), UNBOUND_BUT_ABLE);
        assertRefused(ntlm(required, scheme, alice()), UNBOUND_BUT_REQUIRED);
    }

    @Test
    void plainHttpDoesNotBypassRequiredBinding() throws Exception {
        assertRefused(Practice.authorize(required.port(), none(), Practice.REQUEST), UNBOUND_BUT_REQUIRED);
        assertRefused(Practice.authorize(required.port(), right(), Practice.REQUEST), BOUND_TO_ANOTHER);
        assertThat(Practice.authorize(whenPresent.port(), none(), Practice.REQUEST)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aBoundSignInOverPlainHttpIsRefusedIfTheServiceHasTls() throws Exception {
        assertRefused(Practice.authorize(whenPresent.port(), right(), Practice.REQUEST), BOUND_TO_ANOTHER);
        assertThat(Practice.authorize(
                                whenPresent.port(),
                                practice.forged().bindingChannels().inSpnego(),
                                Practice.REQUEST)
                        .status())
                .isEqualTo(200);
        Map<String, String> configuration = underTls(other.folder());
        configuration.put("quarkus.http.proxy.proxy-address-forwarding", "true");
        try (RunningKerbearer node = RunningKerbearer.start(practice.folder("declared"), configuration)) {
            assertThat(Practice.authorize(node.port(), wrong(), Practice.REQUEST)
                            .status())
                    .as("a proxy may have ended TLS")
                    .isEqualTo(200);
        }
    }

    @Test
    void nothingIsCheckedIfBindingIsOff() throws Exception {
        Map<String, String> configuration = underTls(other.folder());
        configuration.put("kerbearer.negotiate.channel-binding", "off");
        try (RunningKerbearer node = RunningKerbearer.start(practice.folder("off"), configuration)) {
            for (byte[] token : List.of(right(), wrong(), none())) {
                assertThat(kerberos(node, token).status()).isEqualTo(200);
            }
            assertThat(ntlm(node, "NTLM", alice().on(other.binding())).status()).isEqualTo(200);
            assertThat(node.output()).contains("Channel binding is off");
        }
    }

    /** Uses Java's own client, which binds the sign-in if it is configured to. */
    @Test
    void theProxysCertificateCountsBehindAProxy() throws Exception {
        Path certificate = practice.folder("proxy").resolve("proxy.crt");
        Files.copy(identity.certificateFile(), certificate);
        Map<String, String> configuration = practice.configuration(database);
        configuration.put("kerbearer.negotiate.channel-binding", "required");
        configuration.put("kerbearer.negotiate.channel-binding-certificate", certificate.toString());
        try (RunningKerbearer node = RunningKerbearer.start(practice.folder("proxied"), configuration);
                TcpProxy proxy = TcpProxy.endingTls(identity.context(), node.port())) {
            assertThat(node.output())
                    .contains("Channel binding is checked and required, against the proxy's: [CN=localhost]");
            assertThat(javasHttpClient(proxy.port())).startsWith("200 ");
            assertRefused(Practice.authorize(node.port(), none(), Practice.REQUEST), UNBOUND_BUT_REQUIRED);
            assertRefused(Practice.authorize(node.port(), wrong(), Practice.REQUEST), BOUND_TO_ANOTHER);
            Files.copy(other.certificateFile(), certificate, StandardCopyOption.REPLACE_EXISTING);
            Files.setLastModifiedTime(certificate, FileTime.from(Instant.now().plusSeconds(2)));
            assertThat(Practice.authorize(node.port(), wrong(), Practice.REQUEST)
                            .status())
                    .as("reloaded without a restart")
                    .isEqualTo(200);
        }
    }

    @Test
    void javasHttpClientSignsInUnderTls() throws Exception {
        assertThat(javasHttpClient(required.tlsPort())).startsWith("200 ");
    }

    @Test
    void theStartReportSaysWhatIsChecked() {
        assertThat(whenPresent.output())
                .contains("Channel binding is checked if clients send it, against the certificate of the connection");
    }

    @Test
    void requiredBindingWithoutACertificateStopsTheStart() {
        Map<String, String> configuration = practice.configuration(database);
        configuration.put("kerbearer.negotiate.channel-binding", "required");
        assertThat(RunningKerbearer.refusedStart(practice.folder("refused"), configuration))
                .contains(
                        "Kerbearer does not start: ",
                        "kerbearer.negotiate.channel-binding is required, but sign-ins cannot be bound");
        configuration.put("kerbearer.negotiate.channel-binding-certificate", "missing.pem");
        assertThat(RunningKerbearer.refusedStart(practice.folder("refused"), configuration))
                .contains("kerbearer.negotiate.channel-binding-certificate cannot be used", "missing.pem");
    }

    private static String javasHttpClient(int port) throws Exception {
        Path folder = practice.folder("java-client");
        Matcher snippet = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("../docs/clients.md")));
        assertThat(snippet.find()).isTrue();
        Files.writeString(folder.resolve("Negotiated.java"), snippet.group(1));
        return Program.run(
                folder,
                Map.of("KRB5CCNAME", practice.cacheOf("alice").toString()),
                "a JDK",
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.security.krb5.conf=" + practice.krb5Conf(),
                        "-Djavax.security.auth.useSubjectCredsOnly=false",
                        "-Djdk.https.negotiate.cbt=always",
                        "-Djavax.net.ssl.trustStore=" + identity.storeFile(),
                        "-Djavax.net.ssl.trustStorePassword=changeit",
                        "Negotiated.java",
                        url(port)));
    }

    private static String url(int port) {
        return "https://localhost:" + port;
    }

    private static byte[] right() throws Exception {
        return practice.user("alice").token(SERVICE, identity.channel());
    }

    private static byte[] wrong() throws Exception {
        return practice.user("alice").token(SERVICE, other.channel());
    }

    private static byte[] none() {
        return practice.user("alice").token(SERVICE);
    }

    private static Answer kerberos(RunningKerbearer node, byte[] token) throws Exception {
        try (KeptConnection connection = connectionTo(node)) {
            return kerberos(connection, token);
        }
    }

    private static Answer kerberos(KeptConnection connection, byte[] token) {
        return ask(connection, Practice.negotiate(token));
    }

    private static NtlmClient alice() {
        return NtlmClient.of("WORKGROUP", "alice", Practice.PASSWORD);
    }

    private static Answer ntlm(RunningKerbearer node, String scheme, NtlmClient client) throws Exception {
        try (KeptConnection connection = connectionTo(node)) {
            String challenge = ask(connection, scheme + " " + base64(client.negotiate()))
                    .header("WWW-Authenticate")
                    .orElseThrow();
            byte[] type2 = Base64.getDecoder().decode(challenge.substring(scheme.length() + 1));
            return ask(connection, scheme + " " + base64(client.authenticate(type2)));
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static KeptConnection connectionTo(RunningKerbearer node) throws Exception {
        return KeptConnection.to(node.tlsPort(), trusting, "localhost");
    }

    private static Answer ask(KeptConnection connection, String authorization) {
        return connection
                .ask(RawHttp.post(0, Practice.AUTHORIZE)
                        .header("Authorization", authorization)
                        .json(Practice.REQUEST))
                .orElseThrow();
    }

    private static void assertRefused(Answer answer, String description) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(401);
        assertThat(answer.description()).isEqualTo(description);
        assertThat(answer.headers("WWW-Authenticate")).contains("Negotiate");
    }

    private static SSLContext context(OpenTrust trust) throws Exception {
        return context(trust, "TLS");
    }

    private static SSLContext context(OpenTrust trust, String version) throws Exception {
        SSLContext context = SSLContext.getInstance(version);
        context.init(null, new TrustManager[] {trust}, new SecureRandom());
        return context;
    }

    /** Trusts every certificate, because trust is not under test, and remembers which servers showed one. */
    private static final class OpenTrust implements X509TrustManager {

        private final List<X509Certificate> shown = new CopyOnWriteArrayList<>();

        boolean hasSeen(X509Certificate certificate) {
            return shown.contains(certificate);
        }

        int handshakes() {
            return shown.size();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {
            throw new IllegalStateException("there is no client here");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {
            shown.add(chain[0]);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
