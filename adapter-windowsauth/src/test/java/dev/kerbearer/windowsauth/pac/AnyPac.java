package dev.kerbearer.windowsauth.pac;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.domain.identity.AuthorizationData;

/** The rules for any bytes in place of a PAC. */
final class AnyPac {

    private AnyPac() {}

    /** Checks the bytes as they are, and with a new signature, so that the code after the signature check runs too. */
    static void check(byte[] input) {
        readOrRefused(input);
        readOrRefused(PacSample.signed(input));
    }

    private static void readOrRefused(byte[] bytes) {
        try {
            VerifiedPac verified =
                    Pac.read(bytes).verified(PacSample.SERVICE_KEY, PacSample.CLIENT, PacSample.AUTHENTICATED);
            verified.delegatedThrough()
                    .ifPresent(services -> assertThat(services).matches("[ -~]*"));
            AuthorizationData data = verified.authorization(PacSample.REALM);
            assertThat(data.groups()).as("each has at least eight bytes").hasSizeLessThanOrEqualTo(bytes.length / 8);
        } catch (MalformedPac refused) {
            assertThat(refused.getMessage()).matches("[ -~]{1,400}");
        }
    }
}
