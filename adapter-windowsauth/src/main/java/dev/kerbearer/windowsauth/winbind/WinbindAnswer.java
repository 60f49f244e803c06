package dev.kerbearer.windowsauth.winbind;

import dev.kerbearer.domain.identity.Account.Block;
import java.io.IOException;
import java.util.List;

/** winbind's answer about a name and an answer to a challenge. */
sealed interface WinbindAnswer {

    /**
     * The proof is right.
     *
     * @param sessionKey 16 bytes
     */
    @SuppressWarnings("ArrayRecordComponent") // Answers are not compared.
    record Right(byte[] sessionKey) implements WinbindAnswer {

        /** Hides the key. */
        @Override
        public String toString() {
            return "Right[hidden]";
        }
    }

    /** The proof is right, but the account is blocked. */
    record Blocked(Block block) implements WinbindAnswer {}

    /** The account is unknown, the proof is wrong, or the domain refuses the sign-in for another reason. */
    record Wrong(String said) implements WinbindAnswer {}

    /** No domain controller could be asked. */
    record Away(String said) implements WinbindAnswer {}

    /**
     * Reads the lines that {@code ntlm_auth} answers in its protocol {@code ntlm-server-1}.
     *
     * @throws IOException if they are not an answer
     */
    static WinbindAnswer read(List<String> lines) throws IOException {
        if (lines.contains("Authenticated: Yes")) {
            return StatusWords.sessionKey(lines)
                    .<WinbindAnswer>map(Right::new)
                    // A guest has no session key, and without one nothing more can be checked.
                    .orElseGet(() -> new Wrong("yes, but there is no session key"));
        }
        if (!lines.contains("Authenticated: No")) {
            throw new IOException("ntlm_auth answered neither yes nor no");
        }
        return StatusWords.refusal(
                StatusWords.after("Authentication-Error: ", lines).orElse("no reason"));
    }
}
