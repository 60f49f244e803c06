package dev.kerbearer.windowsauth.ntlm;

import dev.kerbearer.domain.guessing.ClientAddress;
import dev.kerbearer.windowsauth.ntlm.message.NtHash;
import dev.kerbearer.windowsauth.ntlm.message.NtlmV2Response;
import dev.kerbearer.windowsauth.ntlm.message.PasswordProof;
import java.util.Optional;

/** A client's claim to know a password: a name, an answer to a challenge, and the client's address. */
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

    /** Returns the address of the client. */
    public ClientAddress from() {
        return from;
    }

    /** Returns the domain that the client names; may be empty. */
    public String domain() {
        return domain;
    }

    /** Returns the user name that the client sent. */
    public String user() {
        return user;
    }

    /** Returns the part after the {@code @} of a user principal name; empty if the name is of another form. */
    public Optional<String> suffix() {
        int at = user.lastIndexOf('@');
        return at < 0 ? Optional.empty() : Optional.of(user.substring(at + 1));
    }

    /** Returns the server's challenge; callers must not change it. */
    public byte[] serverChallenge() {
        return serverChallenge;
    }

    /** Returns the answer as it stands in the client's message. */
    public byte[] response() {
        return response.bytes();
    }

    /** Returns the session base key, or empty if the answer was not made with that hash. */
    public Optional<byte[]> sessionBaseKey(NtHash hash) {
        PasswordProof expected = PasswordProof.of(hash, user, domain);
        return expected.isThatOf(response, serverChallenge)
                ? Optional.of(expected.sessionBaseKey(response.proof()))
                : Optional.empty();
    }

    /** Returns the claimed domain and user for a log, cut to one line. Hides the answer. */
    @Override
    public String toString() {
        String name = domain + "\\" + user;
        return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) + "..." : name;
    }
}
