package dev.kerbearer.bootstrap.command;

import dev.kerbearer.rest.token.Issuer;
import dev.kerbearer.windowsauth.doctor.Examination;
import dev.kerbearer.windowsauth.doctor.Finding;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/**
 * Checks the address of the issuer, which clients and resource servers compare as text, and whether the service answers
 * there.
 *
 * @param url the configured address, or the default address with the configured port
 * @param tls whether the service offers TLS
 */
record IssuerExamination(URI url, boolean tls) implements Examination {

    private static final Duration LIMIT = Duration.ofSeconds(3);
    private static final String METADATA = "/.well-known/oauth-authorization-server";
    private static final Pattern ISSUER = Pattern.compile("\"issuer\"\\s*:\\s*\"([^\"]*)\"");

    @Override
    public List<Finding> findings() {
        String issuer;
        try {
            issuer = Issuer.at(url).url();
        } catch (IllegalArgumentException wrong) {
            return List.of(Finding.wrong(
                    "No issuer can have the address " + url, "set kerbearer.public-url: " + wrong.getMessage()));
        }
        List<Finding> findings = new ArrayList<>();
        if (tls && issuer.startsWith("http:")) {
            findings.add(Finding.doubtful(
                    "TLS is set up, but the issuer is " + issuer,
                    "set kerbearer.public-url to the address with https"));
        }
        findings.add(answer(issuer));
        return findings;
    }

    private static Finding answer(String issuer) {
        try {
            HttpResponse<String> response = answered(metadata(issuer));
            Matcher named = ISSUER.matcher(response.body());
            if (!named.find()) {
                return Finding.doubtful(
                        "Something answers at " + metadata(issuer) + ", but the answer is not Kerbearer's (status "
                                + response.statusCode() + ")",
                        "check whether the address is right, and whether a proxy passes this path on");
            }
            return named.group(1).equals(issuer)
                    ? Finding.good("The issuer " + issuer + " answers at its address")
                    : Finding.wrong(
                            "The service at the issuer's address " + issuer + " has the issuer " + named.group(1),
                            "set kerbearer.public-url to the same address on every node, and restart the service after"
                                    + " a change");
        } catch (IllegalArgumentException notAsked) {
            return Finding.doubtful(
                    "The issuer " + issuer + " was not asked, because Java's client takes no underscore in a host name",
                    "check the address with curl: " + metadata(issuer));
        } catch (SSLException untrusted) {
            return Finding.doubtful(
                    "The certificate at " + issuer + " is not accepted here: " + untrusted.getMessage(),
                    "if clients trust another authority than this JDK, ignore this; otherwise check the certificate, its"
                            + " names and its expiry");
        } catch (IOException | TimeoutException away) {
            return Finding.doubtful(
                    "The issuer " + issuer + " does not answer at its address",
                    "if the service is running, check DNS, proxy and firewall, and whether kerbearer.public-url is right");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Finding.doubtful("The issuer " + issuer + " was not asked", "run the doctor again");
        }
    }

    /** The time limit of the HTTP client ends with the head of the answer. This limit is for the whole answer. */
    private static HttpResponse<String> answered(URI url) throws IOException, InterruptedException, TimeoutException {
        HttpRequest request = HttpRequest.newBuilder(url).timeout(LIMIT).build();
        CompletableFuture<HttpResponse<String>> answer = HttpClient.newBuilder()
                .connectTimeout(LIMIT)
                .build()
                .sendAsync(request, HttpResponse.BodyHandlers.ofString());
        try {
            return answer.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof IOException cause ? cause : new IOException(failed.getCause());
        } finally {
            answer.cancel(true);
        }
    }

    /** Appends the path of the issuer to the well-known path (RFC 8414 section 3.1). */
    private static URI metadata(String issuer) {
        URI url = URI.create(issuer);
        return URI.create(url.getScheme() + "://" + url.getRawAuthority() + METADATA + url.getRawPath());
    }
}
