package dev.kerbearer.bootstrap.start;

/**
 * Prints in one line why the start was refused, followed by the causes. It prints to standard error, because a start
 * can be refused before logging is configured, and log lines from then are lost.
 */
public final class StartFailure {

    private StartFailure() {}

    public static void tell(Throwable refused) {
        System.err.println(words(refused));
    }

    public static String words(Throwable refused) {
        StringBuilder words = new StringBuilder("Kerbearer does not start: ").append(wordsOf(refused));
        for (Throwable cause = refused.getCause(); cause != null; cause = cause.getCause()) {
            words.append(System.lineSeparator()).append("  because: ").append(wordsOf(cause));
        }
        return words.toString();
    }

    private static String wordsOf(Throwable fault) {
        String message = fault.getMessage();
        return message == null ? fault.getClass().getSimpleName() : message;
    }
}
