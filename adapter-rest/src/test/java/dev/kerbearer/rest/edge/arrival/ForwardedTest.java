package dev.kerbearer.rest.edge.arrival;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardedTest {

    /** Most examples are from RFC 7239 section 4. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "for=192.0.2.60;proto=http;by=203.0.113.43 | 192.0.2.60 http",
                "for=192.0.2.43, for=198.51.100.17 | 192.0.2.43; 198.51.100.17",
                "for=192.0.2.43,for=198.51.100.17 | 192.0.2.43; 198.51.100.17",
                "For=\"[2001:db8:cafe::17]:4711\" | 2001:db8:cafe::17",
                "FOR=\"[2001:db8::1]\";Proto=HTTPS | 2001:db8::1 https",
                "for=\"_gazonk\" | _gazonk?",
                "for=_hidden, for=_SEVKISEK | _hidden?; _SEVKISEK?",
                "for=unknown;proto=\"https\" | unknown? https",
                "by=203.0.113.43 | by=203.0.113.43?",
                "proto=https | proto=https? https",
                "host=\"a,b;for=6.6.6.6\";for=192.0.2.1 | 192.0.2.1",
                "for=\"192.0.2.1\\\\\" | '?'",
                "for=\"19\\2.0.2.1\" | 192.0.2.1",
                "for=\"a\\\"b\" | a\"b?",
                "for=192.0.2.1;;proto=https; | 192.0.2.1 https",
                " ; , for=192.0.2.1 , , | ;?; 192.0.2.1",
                "for=192.0.2.1 ; proto=https | 192.0.2.1 https",
                "for=2001:db8::1 | 2001:db8::1",
                "for=[2001:db8::1]:80 | 2001:db8::1",
                "for=192.0.2.1:4711 | 192.0.2.1",
                "secret=abc;for=192.0.2.1 | 192.0.2.1"
            })
    void everyFormOfRfc7239IsRead(String field, String hops) {
        if (hops.equals("?")) {
            assertThat(hops(field)).singleElement().asString().endsWith("?");
        } else {
            assertThat(String.join("; ", hops(field))).isEqualTo(hops);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "192.0.2.1",
                "for",
                "for=",
                "=192.0.2.1",
                "for =192.0.2.1",
                "for= 192.0.2.1",
                "for=\"192.0.2.1",
                "for=\"192.0.2.1\\\"",
                "for=\"192.0.2.1\"x",
                "for=192.0.2.1\"\"",
                "for=192.0.2.1;for=192.0.2.2",
                "for=192.0.2.1;FOR=192.0.2.1",
                "for=192.0.2.1;pro to=https",
                "for=192.0.2.1;\"",
                "f\u00f6r=192.0.2.1",
                "for=192.0.2.1 for=192.0.2.2"
            })
    void aMalformedElementHasNoAddress(String element) {
        assertThat(hops("for=192.0.2.9, " + element)).last().asString().endsWith("?");
        assertThat(hops(element)).singleElement().isEqualTo(element + "?");
    }

    /** The client leaves a quoted string open, so that it hides the element that the proxy appends. */
    @Test
    void aFieldWithAnOpenQuoteHasNoAddressAndOtherFieldsAreRead() {
        assertThat(hops("for=\"6.6.6.6, for=192.0.2.1")).containsExactly("for=\"6.6.6.6, for=192.0.2.1?");
        assertThat(hops("for=\"6.6.6.6, for=\"[2001:db8::1]\"")).hasSize(1).allMatch(hop -> hop.endsWith("?"));
        assertThat(hops("for=\"6.6.6.6", "for=192.0.2.1")).containsExactly("for=\"6.6.6.6?", "192.0.2.1");
    }

    @Test
    void severalFieldsFormOneListInOrder() {
        assertThat(hops("for=192.0.2.1, for=192.0.2.2", "", "for=192.0.2.3;proto=https"))
                .containsExactly("192.0.2.1", "192.0.2.2", "192.0.2.3 https");
        assertThat(hops()).isEmpty();
    }

    @Test
    void aFieldOfAnyLengthIsRead() {
        assertThat(hops("for=\"" + "\\a".repeat(40_000) + "\"")).hasSize(1);
        assertThat(hops("for=\"" + "a".repeat(80_000))).hasSize(1);
        assertThat(hops("for=" + "a".repeat(80_000) + ",for=192.0.2.1")).hasSize(2);
        assertThat(hops(",;=\"\"".repeat(10_000))).isNotEmpty();
    }

    private static List<String> hops(String... fields) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        for (String field : fields) {
            headers.add("forwarded", field);
        }
        return Forwarded.hops(headers).stream()
                .map(hop -> hop.address().map(Object::toString).orElse(hop.written() + "?")
                        + hop.overTls().map(tls -> tls ? " https" : " http").orElse(""))
                .toList();
    }
}
