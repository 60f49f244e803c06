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
 * Every secret that passes through the end-to-end tests. It is recorded where it passes, so no test has to do it:
 * {@link RawHttp} records requests and answers, {@link Practice} tickets and keys, {@link RunningKerbearer} passwords.
 * {@link LeakSearch} looks for them.
 */
final class SeenSecrets {

    /** Shorter values are nonsense of a test, not secrets, and would be found by chance. */
    private static final int SHORTEST = 12;

    /** The number of bytes at the end that identify a ticket. The beginnings of all tickets are much alike. */
    private static final int TAIL = 24;

    private static final Pattern AUTHORIZATION = Pattern.compile("(?i)\\s*(\\S+)\\s+(\\S.*)");
    private static final Pattern IN_QUERY = Pattern.compile("[?&](?:access_token|refresh_token|token)=([^& ]+)");
    private static final Pattern SECRET_MEMBER = Pattern.compile(".*(token|secret|password|device_code)");
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_-]+=*");

    private static final SecretIndex INDEX = new SecretIndex();

    private SeenSecrets() {}

    /** Returns the index of all secrets, past and future. */
    static SecretIndex index() {
        return INDEX;
    }

    /** Records the value of a header with credentials, or of one that answers them. */
    static void authorization(String value) {
        Matcher parts = AUTHORIZATION.matcher(value);
        if (parts.matches()) {
            text(parts.group(2).strip());
            if (parts.group(1).equalsIgnoreCase("Basic")) {
                basic(parts.group(2).strip());
            }
        }
    }

    /** Records a client's secret (RFC 6749 section 2.3.1). */
    private static void basic(String base64) {
        try {
            String pair = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
            text(pair.substring(pair.indexOf(':') + 1));
        } catch (IllegalArgumentException malformedOnPurpose) {
            return;
        }
    }

    /** Records the secrets in the query of a request line. */
    static void requestLine(String line) {
        Matcher parameters = IN_QUERY.matcher(line);
        while (parameters.find()) {
            text(parameters.group(1));
            decoded(parameters.group(1));
        }
    }

    /** Records the form parameters whose names mark them as secrets, both raw and decoded. */
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

    /** Records the members of a request or an answer whose names mark them as secrets. */
    static void json(JsonNode json) {
        json.properties().forEach(member -> {
            if (SECRET_MEMBER.matcher(member.getKey()).matches()) {
                text(member.getValue().asText());
            }
        });
    }

    /** Records a token or a password in all its encodings. If it is base64, also records the decoded bytes. */
    static void text(String secret) {
        if (secret.length() < SHORTEST || secret.chars().distinct().count() < 6) {
            return;
        }
        written(secret.getBytes(StandardCharsets.UTF_8));
        // The form in which NTLM hashes a password and Windows writes one.
        INDEX.add(new String(secret.getBytes(StandardCharsets.UTF_16LE), StandardCharsets.ISO_8859_1));
        if (BASE64.matcher(secret).matches()) {
            try {
                bytes(Base64.getDecoder().decode(secret.replace('-', '+').replace('_', '/')));
            } catch (IllegalArgumentException noBase64AfterAll) {
                return;
            }
        }
    }

    /** Records a ticket or a key in all its encodings. */
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
            // Base64 encodes three bytes as four characters, counted from the beginning.
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
