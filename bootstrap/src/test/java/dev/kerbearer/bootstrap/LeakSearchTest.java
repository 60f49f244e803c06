package dev.kerbearer.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.domain.grant.TokenDigest;
import dev.kerbearer.domain.grant.TokenSecret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Checks that the search finds what is there; otherwise its empty result would mean nothing. */
class LeakSearchTest {

    private final byte[] ticket = random(700);

    @Test
    void aTicketIsFoundInAnyEncodingAndEvenIfCut() {
        SeenSecrets.authorization("Negotiate " + Base64.getEncoder().encodeToString(ticket));
        String base64 = Base64.getEncoder().encodeToString(ticket);
        assertFound(base64);
        assertFound(base64.substring(300));
        assertFound(Base64.getUrlEncoder().encodeToString(ticket));
        assertFound(HexFormat.of().formatHex(ticket));
        assertFound(HexFormat.of().withUpperCase().formatHex(ticket));
        assertFound(Arrays.toString(ticket));
        assertFound(new String(ticket, StandardCharsets.ISO_8859_1));
    }

    @Test
    void tokensAndPasswordsAreFound() {
        String token = Base64.getUrlEncoder().encodeToString(random(TokenSecret.LENGTH));
        String encoded = token.replace("=", "%3D");
        SeenSecrets.requestLine("GET /x?access_token=" + encoded + " HTTP/1.1");
        assertFound("token=" + token);
        assertFound("token=" + encoded);
        assertFound("token=" + token.replace("=", ""));
        String password = Base64.getUrlEncoder().withoutPadding().encodeToString(random(24));
        SeenSecrets.text(password);
        assertFound("{\"password\":\"" + password + "\"}");
    }

    @Test
    void aPasswordIsFoundInAnyEncoding() {
        String password = "correct horse " + UUID.randomUUID();
        byte[] utf8 = password.getBytes(StandardCharsets.UTF_8);
        SeenSecrets.form("client_id=x&client_secret=" + URLEncoder.encode(password, StandardCharsets.UTF_8));
        assertFound(password);
        assertFound(URLEncoder.encode(password, StandardCharsets.UTF_8));
        assertFound(HexFormat.of().formatHex(utf8));
        assertFound(Base64.getEncoder().encodeToString(utf8));
        assertFound(Arrays.toString(utf8));
        assertFound(new String(password.getBytes(StandardCharsets.UTF_16LE), StandardCharsets.ISO_8859_1));
    }

    @Test
    void aTokenThatNoTestSawIsFoundByItsDigest() {
        String token = Base64.getUrlEncoder().encodeToString(random(TokenSecret.LENGTH));
        String digest =
                HexFormat.of().formatHex(TokenDigest.ofPresented(token).sha256().bytes());
        assertThat(new LeakSearch(new SecretIndex(), Set.of(digest)).in(bytes("got " + token + ".")))
                .hasSize(1);
        assertThat(new LeakSearch(new SecretIndex(), Set.of(digest))
                        .in(bytes("got " + token.replace("=", "%3D") + "&")))
                .hasSize(1);
        assertThat(new LeakSearch(new SecretIndex(), Set.of()).in(bytes("got " + token + ".")))
                .isEmpty();
    }

    @Test
    void textThatLooksLikeCredentialsIsFound() {
        assertThat(new LeakSearch(new SecretIndex(), Set.of())
                        .in(bytes("authorization: Negotiate " + "YIIabc12".repeat(10))))
                .isNotEmpty();
        String signed = "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9." + "Ab0_-".repeat(17);
        assertThat(new LeakSearch(new SecretIndex(), Set.of()).in(bytes("claims of " + signed)))
                .isNotEmpty();
    }

    @Test
    void aFoundSecretIsNotShownInFull() {
        SeenSecrets.bytes(ticket);
        String base64 = Base64.getEncoder().encodeToString(ticket);
        assertThat(new LeakSearch(SeenSecrets.index(), Set.of()).in(bytes("first line\nhere: " + base64)))
                .isNotEmpty()
                .noneMatch(found -> found.contains(base64.substring(0, 40)) || found.contains("first line"));
    }

    @Test
    void anOrdinaryLineIsNoLeak() {
        SeenSecrets.bytes(ticket);
        assertThat(new LeakSearch(SeenSecrets.index(), Set.of())
                        .in(bytes(
                                "2026-11-24 INFO Listening on: http://localhost:8080, Bearer error=\"invalid_token\"")))
                .isEmpty();
    }

    /** Many tickets begin the same way, and the text may end within a secret. */
    @Test
    void oneOfManySecretsWithTheSameBeginningIsFoundAndATruncatedOneIsNot() {
        SecretIndex secrets = new SecretIndex();
        for (int number = 0; number < 1000; number++) {
            secrets.add("the same beginning " + number + ".");
            secrets.add("the same beginning " + number + ".");
        }
        assertThat(secrets.size()).isEqualTo(1000);
        LeakSearch search = new LeakSearch(secrets, Set.of());
        assertThat(search.in(bytes("x the same beginning 777."))).hasSize(1);
        assertThat(search.in(bytes("x the same beginning 777"))).isEmpty();
        secrets.add("added later than the search");
        assertThat(search.in(bytes("added later than the search"))).hasSize(1);
    }

    private static void assertFound(String text) {
        assertThat(new LeakSearch(SeenSecrets.index(), Set.of()).in(bytes("2026 TRACE " + text + " [x]\n")))
                .as(text)
                .isNotEmpty();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }
}
