package dev.kerbearer.rest.oauth2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.application.grant.ClientSecret;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** The rules for every {@code Authorization} header in which a client's id and secret are expected. */
final class AnyBasicHeader {

    /** The most bytes that the accepted number of base64 characters can hold. */
    private static final int LONGEST = 3072;

    private AnyBasicHeader() {}

    static void check(byte[] latin1) {
        String header = new String(latin1, StandardCharsets.ISO_8859_1);
        Optional<ClientSecret> read = BasicCredentials.in(List.of(header));
        assertThat(read).isEqualTo(readPlainly(header));
        assertThat(BasicCredentials.in(List.of(header, header)))
                .as("the same header twice")
                .isEmpty();
        assertReadBack(
                new ClientSecret(header.substring(0, header.length() / 2), header.substring(header.length() / 2)));
        read.ifPresent(AnyBasicHeader::assertReadBack);
    }

    private static void assertReadBack(ClientSecret client) {
        byte[] pair = (encoded(client.id()) + ":" + encoded(client.secret())).getBytes(StandardCharsets.UTF_8);
        if (pair.length <= LONGEST) {
            assertThat(BasicCredentials.in(
                            List.of("basic " + Base64.getEncoder().encodeToString(pair))))
                    .contains(client);
        }
    }

    private static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8);
    }

    /** Reads the credentials by RFC 7617 section 2 and RFC 6749 appendix B again, one byte at a time. */
    private static Optional<ClientSecret> readPlainly(String header) {
        if (!header.regionMatches(true, 0, "Basic ", 0, 6)) {
            return Optional.empty();
        }
        String base64 = header.substring(6).replaceAll("^ +| +$", "");
        String characters = base64.replaceAll("=", "");
        if (characters.isEmpty() || characters.length() > 4096) {
            return Optional.empty();
        }
        try {
            byte[] pair = Base64.getDecoder().decode(base64);
            utf8(pair);
            int colon = 0;
            while (colon < pair.length && pair[colon] != ':') {
                colon++;
            }
            return colon == pair.length
                    ? Optional.empty()
                    : Optional.of(new ClientSecret(read(pair, 0, colon), read(pair, colon + 1, pair.length)));
        } catch (IllegalArgumentException | CharacterCodingException malformed) {
            return Optional.empty();
        }
    }

    private static String read(byte[] encoded, int from, int to) throws CharacterCodingException {
        ByteBuffer plain = ByteBuffer.allocate(to - from);
        for (int i = from; i < to; i++) {
            if (encoded[i] == '%') {
                if (i + 2 >= to) {
                    throw new IllegalArgumentException("cut off");
                }
                plain.put((byte) (digit(encoded[i + 1]) << 4 | digit(encoded[i + 2])));
                i += 2;
            } else {
                plain.put(encoded[i] == '+' ? (byte) ' ' : encoded[i]);
            }
        }
        byte[] bytes = new byte[plain.flip().remaining()];
        plain.get(bytes);
        return utf8(bytes);
    }

    private static int digit(byte character) {
        int digit = "0123456789abcdef".indexOf(Character.toLowerCase((char) (character & 0xff)));
        if (digit < 0) {
            throw new IllegalArgumentException("no digit");
        }
        return digit;
    }

    private static String utf8(byte[] bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }
}
