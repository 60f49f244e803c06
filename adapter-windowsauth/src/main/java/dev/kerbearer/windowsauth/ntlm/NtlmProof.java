package dev.kerbearer.windowsauth.ntlm;

import dev.kerbearer.windowsauth.ntlm.message.NtlmV2Response;
import dev.kerbearer.windowsauth.ntlm.message.PasswordProof;

import dev.kerbearer.domain.guessing.ClientAddress;
import dev.kerbearer.domain.password.NtHash;
import java.util.Optional;

/** Somebody's claim to know a password: a name, and an answer to a challenge; and where he is. */
public final class NtlmProof {

    private static final int LONGEST_NAME = 100;

    private final String domain;
    private final String user;
    private final byte[] serverChallenge;
    private final NtlmV2Response response;
    private final ClientAddress from;

    NtlmProof(String domain, String user, byte[] serverChallenge, NtlmV2Response response, ClientAddress from) {
        this.domain = domain;
        this.user = user;
        this.serverChallenge = serverChallenge;
        this.response = response;
        this.from = from;
    }

    /** Where he is. */
    public ClientAddress from() {
        return from;
    }

    /** The domain that he names; may be empty. */
    public String domain() {
        return domain;
    }

    /** His name, as he says. */
    public String user() {
        return user;
    }

    /** What follows the {@code @} of a user principal name; empty where his name is none. */
    public Optional<String> suffix() {
        int at = user.lastIndexOf('@');
        return at < 0 ? Optional.empty() : Optional.of(user.substring(at + 1));
    }

    /** What he answers to; not to be changed. */
    public byte[] serverChallenge() {
        return serverChallenge;
    }

    /** His answer, as it stands in his message. */
    public byte[] response() {
        return response.bytes();
    }

    /** The session base key, where the answer was made with that hash. */
    public Optional<byte[]> sessionBaseKey(NtHash hash) {
        PasswordProof expected = PasswordProof.of(hash, user, domain);
        return expected.isThatOf(response, serverChallenge)
                ? Optional.of(expected.sessionBaseKey(response.proof()))
                : Optional.empty();
    }

    /** Who he says he is, for a log; shows no answer, and not more than a line holds. */
    @Override
    public String toString() {
        String name = domain + "\\" + user;
        return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) + "..." : name;
    }
}
