package dev.kerbearer.windowsauth.channel;

import java.util.Arrays;
import java.util.Optional;

/** What a client says, under the proof of who he is, of the channel that he signs in on. */
public sealed interface ChannelClaim {

    /** The length of a binding in bytes. */
    int BINDING_LENGTH = 16;

    /**
     * He says which it is.
     *
     * @param binding a digest of it (RFC 4121 section 4.1.1.2)
     */
    @SuppressWarnings("ArrayRecordComponent") // Claims are not compared.
    record Bound(byte[] binding) implements ChannelClaim {}

    /**
     * He says none.
     *
     * @param able he also says that he would, were there one
     */
    record None(boolean able) implements ChannelClaim {}

    /**
     * He may say something, but it cannot be read here.
     *
     * @param why for the log
     */
    record Unreadable(String why) implements ChannelClaim {}

    /**
     * What a ticket's authenticator says.
     *
     * @param binding all zero where there is none
     * @param able whether he says that he binds what he can
     */
    static ChannelClaim ofKerberos(byte[] binding, boolean able) {
        return isNothing(binding) ? new None(able) : new Bound(binding);
    }

    /**
     * What an NTLM answer says. A client that knows of bindings says so by saying none, too ([MS-NLMP] section 3.1.5.1.2).
     *
     * @param binding empty where he leaves it out; all zero where there is none
     */
    static ChannelClaim ofNtlm(Optional<byte[]> binding) {
        return binding.map(said -> ofKerberos(said, true)).orElse(new None(false));
    }

    private static boolean isNothing(byte[] binding) {
        return Arrays.equals(binding, new byte[BINDING_LENGTH]);
    }
}
