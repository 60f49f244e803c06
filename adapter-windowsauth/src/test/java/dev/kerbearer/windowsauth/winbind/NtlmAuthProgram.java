package dev.kerbearer.windowsauth.winbind;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A program with the protocol of {@code ntlm_auth} that misbehaves for the names that a test chooses. It records its
 * process ids, its input and its environment. Each session key is the beginning of the client's answer, so that every
 * caller can recognise their own.
 */
final class NtlmAuthProgram {

    /** The domain's answer to a wrong password; {@code ntlm_auth} ends it with two dots. */
    static final String WRONG = "no 'When trying to update a password, this return status indicates that the value"
            + " provided as the current password is not correct.'";

    private static final String SCRIPT = """
            #!/bin/sh
            here=%s
            case $1 in *squid*)
              echo $$ >>"$here/named"
              read -r line && echo "TT %s"
              exit
            esac
            env >"$here/environment"
            echo $$ >>"$here/started"
            yes() { echo 'Authenticated: Yes'; echo "User-Session-Key: $(printf %%.32s "$response")"; echo .; }
            no() { echo 'Authenticated: No'; echo "Authentication-Error: $1"; echo .; echo .; }
            while read -r line; do
              echo "$line" >>"$here/asked"
              case $line in
                Question-*) echo "Error: Unknown request ${line%%%%:*}"; echo . ;;
                NT-Response:*) response=${line#NT-Response: } ;;
                Username::*) user=${line#Username:: } ;;
                .)
                  case $user in
            %s
                    *) yes ;;
                  esac ;;
              esac
            done
            """;

    private final Path folder;

    private NtlmAuthProgram(Path folder) {
        this.folder = folder;
    }

    /** Writes a program that accepts every user. */
    static NtlmAuthProgram in(Path folder) {
        return in(folder, Map.of());
    }

    /**
     * Writes a program that accepts every user except the named ones.
     *
     * @param behaviour shell commands to run instead, by user name
     */
    static NtlmAuthProgram in(Path folder, Map<String, String> behaviour) {
        String cases = new TreeMap<>(behaviour)
                .entrySet().stream()
                        .map(entry -> base64(entry.getKey().getBytes(StandardCharsets.UTF_8)) + ") " + entry.getValue()
                                + " ;;")
                        .collect(Collectors.joining("\n"));
        String script = SCRIPT.formatted(folder, base64(AnyProof.challengeOfMember("CORP")), cases);
        try {
            Path program = Files.writeString(folder.resolve("ntlm_auth"), script);
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new NtlmAuthProgram(folder);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    WinbindSettings settings(int processes, Duration timeout) {
        return new WinbindSettings(folder.resolve("ntlm_auth"), processes, timeout);
    }

    /** Returns the ids of all processes that were ever started to check passwords. */
    List<Long> started() {
        return lines("started").stream().map(Long::valueOf).toList();
    }

    /** Waits until all processes have ended. */
    void awaitTheirEnd() {
        for (int waits = 0; started().stream().anyMatch(NtlmAuthProgram::runs); waits++) {
            pause(waits, "end of all processes");
        }
    }

    private static boolean runs(long process) {
        return ProcessHandle.of(process).filter(ProcessHandle::isAlive).isPresent();
    }

    /** Waits until the program has written a file of that name. */
    void await(String file) {
        for (int waits = 0; lines(file).isEmpty(); waits++) {
            pause(waits, file);
        }
    }

    private static void pause(int waits, String what) {
        if (waits > 3000) {
            throw new AssertionError("waited in vain: " + what);
        }
        try {
            Thread.sleep(10);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns the lines that the program wrote to a file of that name. */
    List<String> lines(String file) {
        try {
            Path path = folder.resolve(file);
            return Files.exists(path) ? Files.readAllLines(path) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
