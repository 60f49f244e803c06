package dev.kerbearer.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.auth.AuthSchemeFactory;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.StandardAuthScheme;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.auth.SPNegoSchemeFactory;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Clients from Debian, npm and Maven Central, with tickets of a real KDC. The snippets are those of docs/clients.md.
 */
class OtherClientsHeavyIT {

    private static final Path PAGE = Path.of("../docs/clients.md");

    private static Practice practice;
    private static RunningKerbearer kerbearer;

    @BeforeAll
    static void start() {
        practice = Practice.start();
        kerbearer = RunningKerbearer.start(practice.folder("node"), practice.configuration());
    }

    @AfterAll
    static void stop() {
        kerbearer.close();
        practice.close();
    }

    @Test
    void pythonRequestsSignsInAsThePageShows() throws Exception {
        Path folder = practice.folder("python");
        Files.writeString(folder.resolve("client.py"), pythonSnippet().replace("https://auth.example.com", base()));
        assertThat(Program.run(folder, ticket(), "python3-requests-kerberos", List.of("/usr/bin/python3", "client.py")))
                .contains("'identity': '" + Practice.ALICE + "'")
                .contains("Grant for identity " + Practice.ALICE);
    }

    @Test
    void aBrowserSignsInIfItMayUseTheTicket() throws Exception {
        Path folder = Path.of("target/chromium").toAbsolutePath();
        Files.createDirectories(folder);
        for (String file : List.of("package.json", "chromium.js")) {
            Files.copy(Path.of("src/test/js", file), folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        Program.run(
                folder,
                Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"),
                "npm",
                List.of("npm", "install", "--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts"));
        assertThat(Program.run(
                        folder,
                        ticket(),
                        "nodejs chromium",
                        List.of("node", "chromium.js", "/usr/bin/chromium", base())))
                .contains("the browser is " + Practice.ALICE);
    }

    /** Its authors have deprecated Negotiate, but keep it. */
    @Test
    @SuppressWarnings("deprecation")
    void apacheHttpClientSignsIn() throws Exception {
        String answer = practice.user("alice").run(() -> {
            BasicCredentialsProvider ofTheTicket = new BasicCredentialsProvider();
            // The client requires credentials, but then uses the ticket.
            ofTheTicket.setCredentials(new AuthScope(null, -1), new UsernamePasswordCredentials("-", new char[0]));
            try (CloseableHttpClient client = HttpClients.custom()
                    .setDefaultAuthSchemeRegistry(RegistryBuilder.<AuthSchemeFactory>create()
                            .register(StandardAuthScheme.SPNEGO, SPNegoSchemeFactory.DEFAULT)
                            .build())
                    .setDefaultRequestConfig(RequestConfig.custom()
                            .setTargetPreferredAuthSchemes(List.of(StandardAuthScheme.SPNEGO))
                            .build())
                    .setDefaultCredentialsProvider(ofTheTicket)
                    .build()) {
                HttpPost request = new HttpPost(base() + Practice.AUTHORIZE);
                request.setEntity(new StringEntity(Practice.REQUEST, ContentType.APPLICATION_JSON));
                return client.execute(request, response -> EntityUtils.toString(response.getEntity()));
            }
        });
        assertThat(new ObjectMapper().readTree(answer).path("identity").asText())
                .as(answer)
                .isEqualTo(Practice.ALICE);
    }

    /** Finds the Kerberos snippet; the page has another one for NTLM. */
    private static String pythonSnippet() throws IOException {
        Matcher snippet = Pattern.compile("```python\n((?:(?!```).)*?HTTPKerberosAuth.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(PAGE));
        assertThat(snippet.find()).isTrue();
        return snippet.group(1);
    }

    private static Map<String, String> ticket() {
        return Map.of(
                "KRB5_CONFIG",
                practice.krb5Conf().toString(),
                "KRB5CCNAME",
                practice.cacheOf("alice").toString());
    }

    private static String base() {
        return "http://localhost:" + kerbearer.port();
    }
}
