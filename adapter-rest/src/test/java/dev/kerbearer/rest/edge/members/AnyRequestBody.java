package dev.kerbearer.rest.edge.members;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.kerbearer.domain.refusal.Refusal;
import dev.kerbearer.domain.refusal.RefusedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The rules for every request body and every content type. */
final class AnyRequestBody {

    private static final String JSON = "application/json";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final JsonFactory WRITER = new JsonFactory();

    private AnyRequestBody() {}

    static void check(byte[] input) {
        read(JSON, input).ifPresent(AnyRequestBody::assertReadBackInEveryForm);
        read(FORM, input).ifPresent(AnyRequestBody::assertReadBackInEveryForm);
        read(new String(input, StandardCharsets.ISO_8859_1), "{}".getBytes(StandardCharsets.UTF_8));
        assertPlainValueIsUnchanged(new String(input, StandardCharsets.UTF_8));
    }

    private static Optional<RequestMembers> read(String contentType, byte[] body) {
        try {
            return Optional.of(RequestMembers.read(contentType, body));
        } catch (RefusedException refused) {
            Refusal refusal = refused.refusal();
            assertThat(refusal.code()).isEqualTo("invalid_request");
            assertThat(refusal.description()).matches("[ -~]{1,200}");
            assertThat(refusal.description()).doesNotContain("null", "xception");
            return Optional.empty();
        }
    }

    private static void assertReadBackInEveryForm(RequestMembers members) {
        Map<String, String> values = known(members);
        String form = values.entrySet().stream()
                .map(member -> member.getKey() + "=" + URLEncoder.encode(member.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        if (!form.isEmpty() && form.length() <= RequestMembers.MAX_BODY) {
            byte[] body = form.getBytes(StandardCharsets.UTF_8);
            assertThat(known(RequestMembers.read(FORM, body))).as("as a form").isEqualTo(values);
        }
        byte[] json = json(values);
        if (json.length <= RequestMembers.MAX_BODY) {
            assertThat(known(RequestMembers.read(JSON, json))).as("as JSON").isEqualTo(values);
        }
    }

    private static void assertPlainValueIsUnchanged(String text) {
        String plain = text.replaceAll("[&%+=]", "");
        byte[] body = ("state=" + plain).getBytes(StandardCharsets.UTF_8);
        if (body.length <= RequestMembers.MAX_BODY) {
            assertThat(RequestMembers.read(FORM, body).get(WireMembers.STATE)).contains(plain);
        }
    }

    private static Map<String, String> known(RequestMembers members) {
        Map<String, String> values = new TreeMap<>();
        WireMembers.ALL.forEach(name -> members.get(name).ifPresent(value -> values.put(name, value)));
        return values;
    }

    private static byte[] json(Map<String, String> values) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = WRITER.createGenerator(out)) {
            json.writeStartObject();
            for (Map.Entry<String, String> member : values.entrySet()) {
                json.writeStringField(member.getKey(), member.getValue());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
