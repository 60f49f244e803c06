package dev.kerbearer.windowsauth.winbind;

import dev.kerbearer.domain.identity.Account.Block;
import java.io.IOException;
import java.util.List;

/** What winbind says of a name and an answer to a challenge. */
sealed interface WinbindAnswer {

    /**
     * They fit.
     *
     * @param sessionKey 16 bytes
     */
    @SuppressWarnings("ArrayRecordComponent") // Answers are not compared.
    record Right(byte[] sessionKey) implements WinbindAnswer {

        /** Shows no key. */
        @Override
        public String toString() {
            return "Right[hidden]";
        }
    }

    /** They fit, and the account is closed. */
    record Blocked(Block block) implements WinbindAnswer {}

    /** There is no such account, they do not fit, or the domain does not let him in for a reason of its own. */
    record Wrong(String said) implements WinbindAnswer {}

    /** Nobody could be asked. */
    record Away(String said) implements WinbindAnswer {}

    /**
     * Reads the lines that {@code ntlm_auth} answers in its protocol {@code ntlm-server-1}.
     *
     * @throws IOException where they are no answer
     */
    static WinbindAnswer read(List<String> lines) throws IOException {
        if (lines.contains("Authenticated: Yes")) {
            return StatusWords.sessionKey(lines)
                    .<WinbindAnswer>map(Right::new)
                    // A guest has none, and with none nothing more could be checked.
                    .orElseGet(() -> new Wrong("yes, but there is no session key"));
        }
        if (!lines.contains("Authenticated: No")) {
            throw new IOException("ntlm_auth says something else than yes or no");
        }
        return StatusWords.refusal(
                StatusWords.after("Authentication-Error: ", lines).orElse("no reason"));
    }
}
