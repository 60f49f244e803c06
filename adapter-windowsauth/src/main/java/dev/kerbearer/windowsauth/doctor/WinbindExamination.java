package dev.kerbearer.windowsauth.doctor;

import dev.kerbearer.domain.port.Unavailable;
import dev.kerbearer.windowsauth.winbind.Domain;
import dev.kerbearer.windowsauth.winbind.WinbindAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Checks whether winbind can check NTLM passwords. The program must exist, and the machine must be a member of a domain
 * that has a directory. winbind must run, let this user ask, and reach the domain.
 */
record WinbindExamination(WinbindAuthority winbind) implements Examination {

    private static final int SECONDS = 5;

    private static final String JOIN =
            "net ads join -U Administrator, then systemctl enable --now winbind (docs/ntlm.md)";

    @Override
    public List<Finding> findings() {
        Path program = winbind.program();
        if (!winbind.canRun()) {
            return List.of(Finding.wrong(
                    program + " is missing, or this user may not run it, so no NTLM password can be checked",
                    "apt-get install winbind (Red Hat: dnf install samba-winbind-clients), or set"
                            + " kerbearer.ntlm.winbind.program"));
        }
        List<Finding> findings = new ArrayList<>();
        findings.add(membership());
        findings.add(answer());
        return findings;
    }

    private Finding membership() {
        try {
            Domain domain = winbind.domain();
            return Finding.good("Samba is set up as a member of " + domain.netbiosName() + " (" + domain.dnsName()
                    + "), and its users are in the directory " + domain.directory());
        } catch (Unavailable away) {
            return Finding.wrong(
                    "The domain of this machine is not known: " + away.getCause(),
                    "join the machine: " + JOIN + "; and configure a directory for its domain under"
                            + " kerbearer.directories");
        }
    }

    private Finding answer() {
        Optional<String> complaint = complaint();
        if (complaint.isEmpty()) {
            return Finding.good("winbind answers " + winbind.program() + ", and reaches the domain");
        }
        String what = "winbind does not check passwords for this user: " + complaint.get();
        // Any user may ask winbind whether it runs; passwords go through a separate pipe.
        return switch (ping()) {
            case RUNS ->
                Finding.wrong(
                        what,
                        "let the user " + System.getProperty("user.name")
                                + " use winbind's privileged pipe, and restart the service: usermod -aG winbindd_priv "
                                + System.getProperty("user.name")
                                + " (Red Hat: the group wbpriv). If the user may use it already, check whether"
                                + " winbind reaches the domain: wbinfo --ping-dc; net ads testjoin");
            case DOES_NOT_RUN -> Finding.wrong(what, "systemctl enable --now winbind; if it is running: " + JOIN);
            case UNKNOWN ->
                Finding.wrong(
                        what,
                        "systemctl status winbind; id " + System.getProperty("user.name")
                                + " must name the group winbindd_priv (Red Hat: wbpriv); net ads testjoin");
        };
    }

    private Optional<String> complaint() {
        try {
            return winbind.complaint();
        } catch (Unavailable away) {
            return Optional.of(String.valueOf(away.getCause()));
        }
    }

    private enum Ping {
        RUNS,
        DOES_NOT_RUN,
        UNKNOWN
    }

    private static Ping ping() {
        Path wbinfo = Path.of("/usr/bin/wbinfo");
        if (!Files.isExecutable(wbinfo)) {
            return Ping.UNKNOWN;
        }
        try {
            ProcessBuilder builder = new ProcessBuilder(wbinfo.toString(), "--ping")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD);
            // The environment of the service may hold secrets.
            builder.environment().clear();
            Process process = builder.start();
            try {
                return process.waitFor(SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0
                        ? Ping.RUNS
                        : Ping.DOES_NOT_RUN;
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            return Ping.UNKNOWN;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Ping.UNKNOWN;
        }
    }
}
