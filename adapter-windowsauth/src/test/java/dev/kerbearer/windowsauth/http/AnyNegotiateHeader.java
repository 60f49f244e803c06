package dev.kerbearer.windowsauth.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kerbearer.domain.refusal.Kind;
import dev.kerbearer.domain.refusal.RefusedException;
import dev.kerbearer.windowsauth.der.MalformedToken;
import dev.kerbearer.windowsauth.kerberos.NegotiateToken;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/** What holds of every {@code Authorization} header where a Negotiate token is expected, and of every such token. */
final class AnyNegotiateHeader {

    private AnyNegotiateHeader() {}

    /** The input is taken once for a header, and once for the bytes of a token, which base64 would hide. */
    static void check(byte[] input) {
        asHeader(new String(input, StandardCharsets.ISO_8859_1));
        asToken(input);
    }

    private static void asHeader(String header) {
        boolean isOurs = Scheme.of(header).equals(Optional.of(Scheme.NEGOTIATE));
        assertThat(isOurs).isEqualTo(header.matches("(?is)negotiate(?: .*)?"));
        if (isOurs) {
            readOrRefused(header);
        }
    }

    private static void readOrRefused(String header) {
        try {
            KerberosSignIn.ticketIn(Offer.read(Scheme.NEGOTIATE, header).token());
        } catch (RefusedException refused) {
            assertThat(refused.refusal().kind()).isEqualTo(Kind.ACCESS_DENIED);
            assertThat(refused.refusal().description()).startsWith("Authentication failed: the token is ");
            assertThat(refused.refusal().detail())
                    .hasValueSatisfying(detail -> assertThat(detail.text()).matches("[ -~]{1,250}"));
        } catch (MalformedToken malformed) {
            assertThat(malformed.getMessage()).matches("[ -~]{1,250}");
        }
    }

    private static void asToken(byte[] bytes) {
        String base64 = Base64.getEncoder().encodeToString(bytes);
        String header = "Negotiate " + base64;
        assertThat(Scheme.NEGOTIATE.tokenIn(header)).isEqualTo(base64);
        readOrRefused(header);
        NegotiateToken token;
        try {
            token = NegotiateToken.read(bytes);
        } catch (MalformedToken refused) {
            assertThat(refused.getMessage()).matches("[ -~]{1,250}");
            return;
        }
        assertThat(HexFormat.of().formatHex(bytes)).contains(HexFormat.of().formatHex(token.ofKerberos()));
        assertThatThrownBy(() -> NegotiateToken.read(Arrays.copyOf(bytes, bytes.length + 1)))
                .isInstanceOf(MalformedToken.class);
        assertThatThrownBy(() -> NegotiateToken.read(Arrays.copyOf(bytes, bytes.length - 1)))
                .isInstanceOf(MalformedToken.class);
    }
}
