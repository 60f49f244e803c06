package dev.kerbearer.windowsauth.kerberos.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.windowsauth.der.Der;
import dev.kerbearer.windowsauth.der.DerElement;
import dev.kerbearer.windowsauth.der.MalformedToken;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TransitTest {

    /** The examples of RFC 4120 section 3.3.3.2. */
    @Test
    void compressedRealmsAreExpanded() throws Exception {
        assertThat(realms(1, "EDU,MIT.,ATHENA.,WASHINGTON.EDU,CS."))
                .hasValue(List.of("EDU", "MIT.EDU", "ATHENA.MIT.EDU", "WASHINGTON.EDU", "CS.WASHINGTON.EDU"));
        assertThat(realms(1, "/COM,/HP,/APOLLO, /COM/DEC"))
                .hasValue(List.of("/COM", "/COM/HP", "/COM/HP/APOLLO", "/COM/DEC"));
        assertThat(realms(1, "A\\,B,C")).hasValue(List.of("A,B", "C"));
        assertThat(realms(1, "")).hasValue(List.of());
        assertThat(realms(0, "")).hasValue(List.of());
    }

    @Test
    void rangesOfUnnamedRealmsAreNotRead() throws Exception {
        for (String compressed : List.of("EDU,", ",EDU", "EDU,,COM", ",")) {
            assertThat(realms(1, compressed)).as(compressed).isEmpty();
        }
        assertThat(realms(2, "EDU")).as("another encoding type").isEmpty();
    }

    /** It may name realms in a way of its own. */
    @Test
    void anEncodingOfAnotherTypeIsNotReadThoughItIsEmpty() throws Exception {
        assertThat(realms(2, "")).isEmpty();
        assertThat(realms(-1, "")).isEmpty();
        assertThat(realms(0, "EDU")).isEmpty();
    }

    /** The realm "MIT." is not "MIT.EDU", though its dot is at the end too. */
    @Test
    void aNameWithAnEscapedMarkIsNotTakenForACompressedOne() throws Exception {
        for (String compressed : List.of("EDU,MIT\\.", "/COM,\\/HP", "EDU,\\ /HP", "EDU\\")) {
            assertThat(realms(1, compressed)).as(compressed).isEmpty();
        }
        assertThat(realms(1, "A\\\\B")).hasValue(List.of("A\\B"));
    }

    private static Optional<List<String>> realms(int type, String contents) throws MalformedToken {
        byte[] encoded = DerElement.of(
                Der.SEQUENCE,
                DerElement.of(Der.context(0), DerElement.of(Der.INTEGER, new byte[] {(byte) type})),
                DerElement.of(
                        Der.context(1), DerElement.of(Der.OCTET_STRING, contents.getBytes(StandardCharsets.UTF_8))));
        return Transit.read(Der.of(encoded)).realms();
    }
}
