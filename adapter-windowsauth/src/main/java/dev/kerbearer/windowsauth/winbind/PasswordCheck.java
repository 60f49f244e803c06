package dev.kerbearer.windowsauth.winbind;

import dev.kerbearer.windowsauth.ntlm.NtlmProof;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * A question in the protocol {@code ntlm-server-1}: whether a challenge, a name and an answer to the challenge match.
 */
final class PasswordCheck {

    /** Ends each question and each answer; a negative answer ends with it twice. */
    private static final String END = ".";

    private static final int MOST_LINES = 10;

    private final List<String> lines;
    private final boolean elsewhere;

    private PasswordCheck(List<String> lines, boolean elsewhere) {
        this.lines = lines;
        this.elsewhere = elsewhere;
    }

    /**
     * Creates the question for a client's proof. In base64, a name is one word whatever characters it has.
     *
     * @param own the domain to send if the client names none
     */
    static PasswordCheck of(NtlmProof proof, Domain own) {
        List<String> lines = List.of(
                "LANMAN-Challenge: " + HexFormat.of().formatHex(proof.serverChallenge()),
                "NT-Response: " + HexFormat.of().formatHex(proof.response()),
                "Username:: " + base64(proof.user()),
                "NT-Domain:: " + base64(proof.domain().isEmpty() ? own.netbiosName() : proof.domain()),
                "Request-User-Session-Key: Yes",
                END);
        return new PasswordCheck(lines, isElsewhere(proof, own));
    }

    private static boolean isElsewhere(NtlmProof proof, Domain own) {
        boolean named = !proof.domain().isEmpty() && !own.isCalled(proof.domain());
        return named || proof.suffix().filter(suffix -> !own.isCalled(suffix)).isPresent();
    }

    /** Creates a question for a name that no account has, to test whether winbind answers at all. */
    static PasswordCheck ofUnknownName(String domain) {
        List<String> lines = List.of(
                "LANMAN-Challenge: 0123456789abcdef",
                "NT-Response: " + "00".repeat(24),
                "Username:: " + base64("kerbearer-doctor-asks"),
                "NT-Domain:: " + base64(domain),
                END);
        return new PasswordCheck(lines, false);
    }

    /**
     * Returns whether another domain may have to be asked, because the client names one or its user principal name has
     * its suffix.
     */
    boolean goesElsewhere() {
        return elsewhere;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Asks the question. A mark precedes it, and {@code ntlm_auth} reports the mark as an unknown request. So what
     * follows is the answer to this question and no other.
     *
     * @param mark a mark that the process has never received
     * @throws IOException if the process has ended, or its answer is malformed
     */
    WinbindAnswer ask(NtlmAuthProcess process, String mark) throws IOException {
        List<String> marked = new ArrayList<>(List.of(mark + ": next"));
        marked.addAll(lines);
        process.write(marked);
        passOver(process, "Error: Unknown request " + mark);
        if (!process.line().equals(END)) {
            throw new IOException("ntlm_auth wrote more after its answer");
        }
        return WinbindAnswer.read(answer(process));
    }

    private static void passOver(NtlmAuthProcess process, String complaint) throws IOException {
        String line = process.line();
        while (line.equals(END)) {
            line = process.line();
        }
        if (!line.equals(complaint)) {
            throw new IOException("ntlm_auth wrote an answer without a request");
        }
    }

    private static List<String> answer(NtlmAuthProcess process) throws IOException {
        List<String> answer = new ArrayList<>();
        String line = process.line();
        while (!line.equals(END)) {
            if (answer.size() == MOST_LINES) {
                throw new IOException("the answer of ntlm_auth does not end");
            }
            answer.add(line);
            line = process.line();
        }
        return answer;
    }

    /** Hides the proof. */
    @Override
    public String toString() {
        return "PasswordCheck[hidden]";
    }
}
