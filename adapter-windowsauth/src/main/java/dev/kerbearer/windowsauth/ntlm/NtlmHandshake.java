package dev.kerbearer.windowsauth.ntlm;

import dev.kerbearer.windowsauth.ntlm.message.ChallengeMessage;
import dev.kerbearer.windowsauth.ntlm.message.NegotiateMessage;

/** A handshake in which the client has received a challenge. Valid for one answer. */
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

    /** Returns the challenge message; callers must not change it. */
    public byte[] challengeBytes() {
        return challengeBytes;
    }
}
