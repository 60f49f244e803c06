package dev.kerbearer.windowsauth.kerberos.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kerbearer.windowsauth.der.Der;
import dev.kerbearer.windowsauth.der.MalformedToken;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KerberosTimeTest {

    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    @Test
    void aTimeIsReadAsAFormatterReadsIt() throws MalformedToken {
        Random random = new Random(4120);
        for (int i = 0; i < 1000; i++) {
            Instant time = Instant.ofEpochSecond(random.nextLong(0, 253_402_300_800L));
            assertThat(KerberosTime.read(der(FORM.format(time)))).isEqualTo(time);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Z",
                "20261201031500",
                "20261201031500+01",
                "20261201031500.5Z",
                "2026120103150Z",
                "202612010315000Z",
                "20261301031500Z",
                "20260230031500Z",
                "20261201241500Z",
                "20261201036000Z",
                "20261201031560Z",
                "2026120103150/Z",
                "2026120103150:Z",
                "-2026120103150Z"
            })
    void anyOtherFormIsMalformed(String written) {
        assertThatThrownBy(() -> KerberosTime.read(der(written)))
                .isInstanceOf(MalformedToken.class)
                .hasMessage("a time has an unknown format");
    }

    private static Der der(String written) {
        byte[] text = written.getBytes(StandardCharsets.US_ASCII);
        byte[] element = new byte[text.length + 2];
        element[0] = 0x18;
        element[1] = (byte) text.length;
        System.arraycopy(text, 0, element, 2, text.length);
        return Der.of(element);
    }
}
