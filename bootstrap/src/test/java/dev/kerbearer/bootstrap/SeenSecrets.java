package dev.kerbearer.bootstrap;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Every secret that passed through the end-to-end tests, written down where it passes, so that no test need think of it:
 * {@link RawHttp} sees what is sent and answered, {@link Practice} tickets and keys, {@link RunningKerbearer} passwords.
 * {@link LeakSearch} looks for them.
 */
final class SeenSecrets {

    /** Shorter ones are no secrets but nonsense of a test, and would be found by chance. */
    private static final int SHORTEST = 12;

    /** So much of the end of a ticket tells it: the beginning is much the same in all of them. */
    private static final int TAIL = 24;

    private static final Pattern AUTHORIZATION = Pattern.compile("(?i)\\s*(\\S+)\\s+(\\S.*)");
    private static final Pattern IN_QUERY = Pattern.compile("[?&](?:access_token|refresh_token|token)=([^& ]+)");
    private static final Pattern SECRET_MEMBER = Pattern.compile(".*(token|secret|password|device_code)");
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_-]+=*");

    private static final SecretIndex INDEX = new SecretIndex();

    private SeenSecrets() {}

    /** All so far, and all that come. */
    static SecretIndex index() {
        return INDEX;
    }

    /** The value of a header that carries credentials, or of one that answers them. */
    static void authorization(String value) {
        Matcher parts = AUTHORIZATION.matcher(value);
        if (parts.matches()) {
            text(parts.group(2).strip());
            if (parts.group(1).equalsIgnoreCase("Basic")) {
                basic(parts.group(2).strip());
            }
        }
    }

    /** A client's id and secret (RFC 6749 section 2.3.1). */
    private static void basic(String base64) {
        try {
            String pair = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
            text(pair.substring(pair.indexOf(':') + 1));
        } catch (IllegalArgumentException malformedOnPurpose) {
            return;
        }
    }

    /** What a request line has in its query. */
    static void requestLine(String line) {
        Matcher parameters = IN_QUERY.matcher(line);
        while (parameters.find()) {
            text(parameters.group(1));
            decoded(parameters.group(1));
        }
    }

    /** The members of a form that are secrets by their name, as they stand there and as they are read. */
    static void form(String body) {
        for (String pair : body.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0 && SECRET_MEMBER.matcher(pair.substring(0, equals)).matches()) {
                text(pair.substring(equals + 1));
                decoded(pair.substring(equals + 1));
            }
        }
    }

    private static void decoded(String value) {
        try {
            text(URLDecoder.decode(value, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException malformedOnPurpose) {
            return;
        }
    }

    /** The members of a request or an answer that are secrets by their name. */
    static void json(JsonNode json) {
        json.properties().forEach(member -> {
            if (SECRET_MEMBER.matcher(member.getKey()).matches()) {
                text(member.getValue().asText());
            }
        });
    }

    /** A token or a password, and the ways to write it; where it is base64, also the bytes that it stands for. */
    static void text(String secret) {
        if (secret.length() < SHORTEST || secret.chars().distinct().count() < 6) {
            return;
        }
        written(secret.getBytes(StandardCharsets.UTF_8));
        // As NTLM hashes a password and Windows writes one.
        INDEX.add(new String(secret.getBytes(StandardCharsets.UTF_16LE), StandardCharsets.ISO_8859_1));
        if (BASE64.matcher(secret).matches()) {
            try {
                bytes(Base64.getDecoder().decode(secret.replace('-', '+').replace('_', '/')));
            } catch (IllegalArgumentException noBase64AfterAll) {
                return;
            }
        }
    }

    /** A ticket or a key, and the ways to write it. */
    static void bytes(byte[] secret) {
        if (secret.length < SHORTEST
                || new String(secret, StandardCharsets.ISO_8859_1)
                                .chars()
                                .distinct()
                                .count()
                        < 6) {
            return;
        }
        written(secret);
        if (secret.length > 2 * TAIL) {
            int tail = secret.length - TAIL;
            // Base64 writes three bytes in four characters, from the beginning on.
            written(Arrays.copyOfRange(secret, tail - tail % 3, secret.length));
        }
    }

    private static void written(byte[] secret) {
        INDEX.add(new String(secret, StandardCharsets.ISO_8859_1));
        INDEX.add(Base64.getEncoder().withoutPadding().encodeToString(secret));
        INDEX.add(Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
        INDEX.add(HexFormat.of().formatHex(secret));
        INDEX.add(HexFormat.of().withUpperCase().formatHex(secret));
        StringJoiner numbers = new StringJoiner(", ");
        for (byte number : secret) {
            numbers.add(Byte.toString(number));
        }
        INDEX.add(numbers.toString());
    }
}
