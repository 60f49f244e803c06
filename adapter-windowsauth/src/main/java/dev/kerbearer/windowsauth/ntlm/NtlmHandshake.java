package dev.kerbearer.windowsauth.ntlm;

import dev.kerbearer.windowsauth.ntlm.message.ChallengeMessage;
import dev.kerbearer.windowsauth.ntlm.message.NegotiateMessage;

/** A handshake that is half done: the client was given a challenge. Good for one answer. */
public final class NtlmHandshake {

    private final NegotiateMessage negotiate;
    private final ChallengeMessage challenge;
    private final byte[] challengeBytes;

    NtlmHandshake(NegotiateMessage negotiate, ChallengeMessage challenge) {
        this.negotiate = negotiate;
        this.challenge = challenge;
        this.challengeBytes = challenge.bytes();
    }

    NegotiateMessage negotiate() {
        return negotiate;
    }

    ChallengeMessage challenge() {
        return challenge;
    }

    /** The message that the client is to answer; not to be changed. */
    public byte[] challengeBytes() {
        return challengeBytes;
    }
}
