package dev.kerbearer.bootstrap.start;

import dev.kerbearer.bootstrap.config.Ports;
import io.quarkus.runtime.QuarkusBindException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Prints in one line why the start was refused, followed by the causes. It prints to standard error, because a start
 * can be refused before logging is configured, and log lines from then are lost.
 */
public final class StartFailure {

    /** This message of Quarkus does not contain the reason, so the message of its cause comes first. */
    private static final String WRAPPER = "Failed to start quarkus";

    private StartFailure() {}

    public static void tell(Throwable refused) {
        System.err.println(words(refused));
    }

    public static String words(Throwable refused) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
            causes.add(cause);
        }
        if (causes.size() > 1 && WRAPPER.equals(refused.getMessage())) {
            causes.remove(0);
        }
        return causes.stream()
                .map(StartFailure::wordsOf)
                .distinct()
                .collect(Collectors.joining(System.lineSeparator() + "  because: ", "Kerbearer does not start: ", ""));
    }

    private static String wordsOf(Throwable fault) {
        if (fault instanceof QuarkusBindException taken) {
            return portInUse(taken);
        }
        if (fault instanceof AccessDeniedException denied) {
            return denied.getFile() + ": access denied";
        }
        if (fault instanceof NoSuchFileException missing) {
            return missing.getFile() + ": no such file or folder";
        }
        String message = fault.getMessage();
        return message == null || fault instanceof FileSystemException
                ? fault.getClass().getSimpleName() + (message == null ? "" : ": " + message)
                : message;
    }

    private static String portInUse(QuarkusBindException taken) {
        String key = Ports.of(ConfigProvider.getConfig()).keyOf(taken.getPort()).orElse(Ports.HTTP);
        return key + ": the port " + taken.getPort() + " of " + taken.getHost() + " is in use, or this user may not use"
                + " it. Set " + key + " to another port, or stop the process that listens there (ss -ltnp \"sport = :"
                + taken.getPort() + "\")";
    }
}
