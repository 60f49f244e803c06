package dev.kerbearer.windowsauth.pac;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.domain.identity.AuthorizationData;

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
