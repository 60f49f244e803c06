package dev.kerbearer.windowsauth.winbind;

import dev.kerbearer.windowsauth.ntlm.NtlmProof;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** A question in the protocol {@code ntlm-server-1}: whether a challenge, a name and an answer to the challenge fit. */
final class PasswordCheck {

    /** Ends each question, and each answer; and one that is a no, twice. */
    private static final String END = ".";

    private static final int MOST_LINES = 10;

    private final List<String> lines;
    private final boolean elsewhere;

    private PasswordCheck(List<String> lines, boolean elsewhere) {
        this.lines = lines;
        this.elsewhere = elsewhere;
    }

    /**
     * Of a client's proof. Whatever a name has in it, in base64 it is one word.
     *
     * @param own the domain to name where the client names none
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

    /** Of a name that nobody has, for who wants to know whether there is an answer at all. */
    static PasswordCheck ofNobody(String domain) {
        List<String> lines = List.of(
                "LANMAN-Challenge: 0123456789abcdef",
                "NT-Response: " + "00".repeat(24),
                "Username:: " + base64("kerbearer-doctor-asks"),
                "NT-Domain:: " + base64(domain),
                END);
        return new PasswordCheck(lines, false);
    }

    /** Whether another domain than the own one may have to be asked: one that is named, or that a user principal name has. */
    boolean goesElsewhere() {
        return elsewhere;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Asks. A mark goes before the question, which {@code ntlm_auth} complains of by its name: what follows that is the
     * answer to this question and to no other.
     *
     * @param mark unlike any other that the process was shown
     * @throws IOException where the process has ended, or its answer is none
     */
    WinbindAnswer ask(NtlmAuthProcess process, String mark) throws IOException {
        List<String> marked = new ArrayList<>(List.of(mark + ": next"));
        marked.addAll(lines);
        process.write(marked);
        passOver(process, "Error: Unknown request " + mark);
        if (!process.line().equals(END)) {
            throw new IOException("ntlm_auth goes on where its answer ends");
        }
        return WinbindAnswer.read(answer(process));
    }

    private static void passOver(NtlmAuthProcess process, String complaint) throws IOException {
        String line = process.line();
        while (line.equals(END)) {
            line = process.line();
        }
        if (!line.equals(complaint)) {
            throw new IOException("ntlm_auth says what it was not asked for");
        }
    }

    private static List<String> answer(NtlmAuthProcess process) throws IOException {
        List<String> answer = new ArrayList<>();
        String line = process.line();
        while (!line.equals(END)) {
            if (answer.size() == MOST_LINES) {
                throw new IOException("the answer of ntlm_auth has no end");
            }
            answer.add(line);
            line = process.line();
        }
        return answer;
    }

    /** Shows no proof. */
    @Override
    public String toString() {
        return "PasswordCheck[hidden]";
    }
}
