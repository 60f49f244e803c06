package dev.kerbearer.windowsauth.kerberos;

import dev.kerbearer.domain.refusal.Detail;
import dev.kerbearer.windowsauth.kerberos.KerberosAcceptor.Outcome.Rejected;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ietf.jgss.GSSException;

/**
 * Says in plain words why the JDK rejected a ticket. The JDK gives a Kerberos error number (RFC 4120 section 7.5.9) in
 * brackets at the end of a message, somewhere in the chain of causes.
 */
final class RejectedTicket {

    private static final Pattern ERROR_NUMBER = Pattern.compile("\\((\\d{1,3})\\)$");

    static final String WRONG_KEY = "the ticket was made with a key that this service does not hold";

    static final String UNREADABLE = "the token is no valid Kerberos ticket";

    static final String OTHER_SERVICE = "the ticket is for another service";

    static final String WRONG_TYPE = "the ticket's encryption type is not accepted";

    static final String CLOCK_SKEW = "the clocks of client and service differ too much (clock skew)";

    private RejectedTicket() {}

    static Rejected of(GSSException failure) {
        StringBuilder log = new StringBuilder(failure.toString());
        String why = UNREADABLE;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            if (cause != failure) {
                log.append("; caused by ").append(message);
            }
            Matcher number = ERROR_NUMBER.matcher(message.strip());
            if (number.find()) {
                why = words(Integer.parseInt(number.group(1)), why);
            } else if (message.contains("Cannot find key") || message.contains("Checksum failed")) {
                why = WRONG_KEY;
            } else if (message.contains("not supported/enabled") || message.contains("not in permitted_enctypes")) {
                why = WRONG_TYPE;
            }
        }
        return new Rejected(why, new Detail(log.toString()));
    }

    private static String words(int error, String otherwise) {
        return switch (error) {
            case 31, 41, 44, 45 -> WRONG_KEY;
            case 32 -> "the ticket has expired";
            case 33 -> "the ticket is not valid yet";
            case 34 -> "the ticket was replayed";
            case 35 -> OTHER_SERVICE;
            case 37 -> CLOCK_SKEW;
            case 14 -> WRONG_TYPE;
            default -> otherwise;
        };
    }
}
