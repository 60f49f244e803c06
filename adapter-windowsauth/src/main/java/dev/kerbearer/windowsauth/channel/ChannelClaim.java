package dev.kerbearer.windowsauth.channel;

import java.util.Arrays;
import java.util.Optional;

/** The channel that a client claims to sign in on. The client's proof of identity covers the claim. */
public sealed interface ChannelClaim {

    /** The length of a binding in bytes. */
    int BINDING_LENGTH = 16;

    /**
     * The client names its channel.
     *
     * @param binding a digest of the channel (RFC 4121 section 4.1.1.2)
     */
    @SuppressWarnings("ArrayRecordComponent") // Claims are not compared.
    record Bound(byte[] binding) implements ChannelClaim {}

    /**
     * The client names no channel.
     *
     * @param able whether the client states that it binds to a channel if there is one
     */
    record None(boolean able) implements ChannelClaim {}

    /**
     * The claim cannot be parsed, so it is unknown whether the client names a channel.
     *
     * @param why the error, for the log
     */
    record Unreadable(String why) implements ChannelClaim {}

    /**
     * Returns the claim in a ticket's authenticator.
     *
     * @param binding all zero if there is none
     * @param able whether the client states that it binds if it can
     */
    static ChannelClaim ofKerberos(byte[] binding, boolean able) {
        return isNothing(binding) ? new None(able) : new Bound(binding);
    }

    /**
     * Returns the claim in an NTLM answer. A client that supports bindings sends a zero binding if it has no channel
     * ([MS-NLMP] section 3.1.5.1.2).
     *
     * @param binding empty if the client omits it; all zero if the client has no channel
     */
    static ChannelClaim ofNtlm(Optional<byte[]> binding) {
        return binding.map(said -> ofKerberos(said, true)).orElse(new None(false));
    }

    private static boolean isNothing(byte[] binding) {
        return Arrays.equals(binding, new byte[BINDING_LENGTH]);
    }
}
