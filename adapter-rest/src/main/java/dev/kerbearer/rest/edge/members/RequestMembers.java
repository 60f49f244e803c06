package dev.kerbearer.rest.edge.members;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamReadException;
import dev.kerbearer.domain.refusal.Refusal;
import dev.kerbearer.domain.refusal.RefusedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The members of a request body, JSON or form. Names are case-sensitive. Unknown members are ignored, and a null counts
 * as absent. A duplicate is refused (RFC 6749 section 3.2). A known member that is not a string is refused too.
 */
public final class RequestMembers {

    /** The longest body that is read, in bytes. */
    public static final int MAX_BODY = 64 * 1024;

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final int MAX_DEPTH = 100;

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxDocumentLength(MAX_BODY)
                    .build())
            .build();

    private final Map<String, String> values;

    private RequestMembers(Map<String, String> values) {
        this.values = values;
    }

    /**
     * Reads a body.
     *
     * @param contentType as the request has it
     * @throws RefusedException {@code invalid_request} if it cannot be read
     */
    public static RequestMembers read(@Nullable String contentType, byte[] body) {
        if (body.length > MAX_BODY) {
            throw Refusal.bodyTooLarge(MAX_BODY).asException();
        }
        String type = mediaType(contentType);
        if (type.equals("application/json")) {
            return new RequestMembers(json(withoutMark(text(body))));
        }
        if (type.equals(FORM)) {
            String form = withoutMark(text(body));
            if (isJsonObject(form)) {
                throw malformed("its body is JSON, but its Content-Type is " + FORM + ": send application/json");
            }
            return new RequestMembers(form(form));
        }
        if (type.isEmpty() && body.length == 0) {
            throw malformed("it has no body");
        }
        throw Refusal.unsupportedContentType().asException();
    }

    /**
     * Reads the body of a call that accepts only a form.
     *
     * @throws RefusedException {@code invalid_request} if it is not a form, or cannot be read
     */
    public static RequestMembers readForm(@Nullable String contentType, byte[] body) {
        String type = mediaType(contentType);
        if (!type.equals(FORM) && !type.isEmpty()) {
            throw Refusal.formRequired().asException();
        }
        if (type.equals(FORM) && body.length <= MAX_BODY && isJsonObject(withoutMark(text(body)))) {
            throw malformed("its body is JSON, but this call takes a form");
        }
        return read(contentType, body);
    }

    /** Returns whether the body is JSON with the content type of a form, which is curl's default. */
    private static boolean isJsonObject(String body) {
        String stripped = body.strip();
        return stripped.startsWith("{") && stripped.endsWith("}");
    }

    /** Returns the member of that name, as it was sent. */
    public Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name));
    }

    private static String mediaType(@Nullable String contentType) {
        if (contentType == null) {
            return "";
        }
        int parameters = contentType.indexOf(';');
        String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
        return type.strip().toLowerCase(Locale.ROOT);
    }

    /**
     * Decodes UTF-8.
     *
     * @throws RefusedException {@code invalid_request} if the bytes are not UTF-8
     */
    public static String text(byte[] utf8) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed("it is not UTF-8");
        }
    }

    /** Some clients begin a body with a byte order mark (RFC 8259 section 8.1 lets a reader ignore it). */
    private static String withoutMark(String body) {
        return body.startsWith("\uFEFF") ? body.substring(1) : body;
    }

    private static Map<String, String> json(String text) {
        if (text.isBlank()) {
            throw malformed("it has no body");
        }
        try (JsonParser parser = JSON.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw malformed("it is no JSON object");
            }
            Map<String, String> values = new HashMap<>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                member(parser, parser.currentName(), values);
            }
            if (parser.nextToken() != null) {
                throw malformed("something follows the JSON object");
            }
            return values;
        } catch (StreamReadException e) {
            // Its message can quote the body, which may hold a secret.
            throw malformed("it is no JSON, or names a member twice, near line "
                    + e.getLocation().getLineNr() + ", column "
                    + e.getLocation().getColumnNr());
        } catch (IOException e) {
            throw malformed("its JSON is nested too deeply, or a part of it is too long");
        }
    }

    private static void member(JsonParser parser, String name, Map<String, String> values) throws IOException {
        JsonToken value = parser.nextToken();
        boolean known = WireMembers.ALL.contains(name);
        if (value == JsonToken.VALUE_STRING) {
            String text = parser.getText();
            if (known && !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
                // Half a surrogate pair (RFC 8259 section 8.2): an encoder would replace it.
                throw malformed("the member " + name + " is no Unicode text");
            }
            values.put(name, text);
        } else if (known && value != JsonToken.VALUE_NULL) {
            throw malformed("the member " + name + " is no string");
        } else {
            parser.skipChildren();
        }
    }

    private static Map<String, String> form(String text) {
        if (text.isEmpty()) {
            throw malformed("it has no body");
        }
        Map<String, String> values = new HashMap<>();
        Set<String> seen = new HashSet<>();
        for (String pair : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            if (!pair.isEmpty() && !seen.add(name)) {
                throw malformed("a form parameter is given twice");
            }
            values.put(name, equals < 0 ? "" : decoded(pair.substring(equals + 1)));
        }
        return values;
    }

    /** Decodes form encoding; unlike the JDK's decoder it refuses what is not UTF-8. */
    public static String decoded(String encoded) {
        if (encoded.indexOf('%') < 0 && encoded.indexOf('+') < 0) {
            return encoded;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length());
        int i = 0;
        while (i < encoded.length()) {
            int c = encoded.codePointAt(i);
            if (c == '%') {
                bytes.write(hexDigit(encoded, i + 1) << 4 | hexDigit(encoded, i + 2));
                i += 3;
            } else {
                bytes.writeBytes((c == '+' ? " " : Character.toString(c)).getBytes(StandardCharsets.UTF_8));
                i += Character.charCount(c);
            }
        }
        return text(bytes.toByteArray());
    }

    private static int hexDigit(String encoded, int at) {
        if (at >= encoded.length() || !HexFormat.isHexDigit(encoded.charAt(at))) {
            throw malformed("a percent sign in the form is not followed by two hexadecimal digits");
        }
        return HexFormat.fromHexDigit(encoded.charAt(at));
    }

    private static RefusedException malformed(String hint) {
        return Refusal.malformedRequest(hint).asException();
    }
}
