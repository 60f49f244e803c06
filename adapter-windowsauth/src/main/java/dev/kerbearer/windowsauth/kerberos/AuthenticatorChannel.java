package dev.kerbearer.windowsauth.kerberos;

import dev.kerbearer.windowsauth.channel.ChannelClaim;
import dev.kerbearer.windowsauth.der.Der;
import dev.kerbearer.windowsauth.der.MalformedToken;
import dev.kerbearer.windowsauth.kerberos.ticket.AuthorizationElements;
import dev.kerbearer.windowsauth.kerberos.ticket.OpenedAuthenticator;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads the client's channel binding from the authenticator of an accepted ticket. JGSS reads it too, but does not say
 * whether the binding differs or is missing, and compares it with one expected value only.
 */
final class AuthenticatorChannel {

    /** RFC 4121 section 4.1.1: not a checksum, but the length of the binding, the binding, and flags. */
    private static final int GSS_CHECKSUM = 0x8003;

    private static final byte[] LENGTH_OF_BINDING = {ChannelClaim.BINDING_LENGTH, 0, 0, 0};
    private static final int END_OF_BINDING = LENGTH_OF_BINDING.length + ChannelClaim.BINDING_LENGTH;

    /** [MS-KILE] section 3.2.5.8: the client expects its programs to send a channel binding. */
    private static final int AP_OPTIONS = 143;

    private static final int BINDS_CHANNELS = 0x40;

    private AuthenticatorChannel() {}

    /** Returns the client's channel claim. */
    static ChannelClaim claimedIn(OpenedAuthenticator authenticator) {
        try {
            return claimed(authenticator);
        } catch (MalformedToken unreadable) {
            return new ChannelClaim.Unreadable(String.valueOf(unreadable.getMessage()));
        }
    }

    private static ChannelClaim claimed(OpenedAuthenticator authenticator) throws MalformedToken {
        Optional<Der> checksum = authenticator.member(OpenedAuthenticator.CHECKSUM);
        byte[] binding = checksum.isPresent()
                ? bindingIn(checksum.get().enter(Der.SEQUENCE))
                : new byte[ChannelClaim.BINDING_LENGTH];
        Optional<Der> more = authenticator.member(OpenedAuthenticator.AUTHORIZATION_DATA);
        return ChannelClaim.ofKerberos(
                binding, more.isPresent() && supportsBinding(more.get().rest()));
    }

    /** Only the GSS-API checksum holds a binding. */
    private static byte[] bindingIn(Der checksum) throws MalformedToken {
        long type = checksum.enter(Der.context(0)).integer();
        byte[] value = checksum.enter(Der.context(1)).enter(Der.OCTET_STRING).rest();
        if (type != GSS_CHECKSUM) {
            return new byte[ChannelClaim.BINDING_LENGTH];
        }
        if (value.length < END_OF_BINDING
                || !Arrays.equals(value, 0, LENGTH_OF_BINDING.length, LENGTH_OF_BINDING, 0, LENGTH_OF_BINDING.length)) {
            throw new MalformedToken("the authenticator's checksum is cut off");
        }
        return Arrays.copyOfRange(value, LENGTH_OF_BINDING.length, END_OF_BINDING);
    }

    private static boolean supportsBinding(byte[] elements) throws MalformedToken {
        for (byte[] relevant : AuthorizationElements.ofType(AuthorizationElements.IF_RELEVANT, elements)) {
            for (byte[] options : AuthorizationElements.ofType(AP_OPTIONS, relevant)) {
                // In little-endian order.
                if (options.length == Integer.BYTES && (options[1] & BINDS_CHANNELS) != 0) {
                    return true;
                }
            }
        }
        return false;
    }
}
