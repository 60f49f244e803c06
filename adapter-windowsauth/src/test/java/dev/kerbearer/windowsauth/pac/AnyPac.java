package dev.kerbearer.windowsauth.pac;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.domain.identity.AuthorizationData;
import java.util.List;

/** What holds of any bytes in the place of a PAC. */
final class AnyPac {

    private AnyPac() {}

    /** The bytes are taken as they are, and signed anew, so that what is behind the signature is reached. */
    static void check(byte[] input) {
        readOrRefused(input);
        readOrRefused(PacSample.signed(input));
    }

    private static void readOrRefused(byte[] bytes) {
        try {
            AuthorizationData data =
                    Pac.read(bytes).verified(List.of(PacSample.SERVICE_KEY), PacSample.CLIENT, PacSample.AUTHENTICATED);
            assertThat(data.groups()).as("each has at least eight bytes").hasSizeLessThanOrEqualTo(bytes.length / 8);
        } catch (MalformedPac refused) {
            assertThat(refused.getMessage()).matches("[ -~]{1,100}");
        }
    }
}
