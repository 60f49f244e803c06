package dev.kerbearer.domain.audit;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The origin of a request.
 *
 * @param address the client's IP address; if it is unknown, the address of the proxy nearest to the client
 *     ({@link CallAddress}); for an import, the file
 * @param forwarded the proxy's name for the client, if it is not an address
 * @param method how the caller signs in
 * @param through the services that act for the caller, if they use delegation
 * @param trace the trace id of the request, which the client sees in a refusal; absent for an import
 */
public record Origin(
        String address, Optional<String> forwarded, Method method, Optional<String> through, Optional<String> trace) {

    private static final int LONGEST_ADDRESS = 1_000;
    private static final int LONGEST_FORWARDED = 100;
    private static final int LONGEST_TRACE = 100;

    /** Cleans the texts so that an audit line accepts them. */
    public Origin {
        address = AuditText.of(address, LONGEST_ADDRESS);
        forwarded = forwarded.map(text -> AuditText.of(text, LONGEST_FORWARDED));
        trace = trace.map(text -> AuditText.of(text, LONGEST_TRACE));
    }

    /** Creates an origin without services that act for the caller. */
    public Origin(String address, Optional<String> forwarded, Method method) {
        this(address, forwarded, method, Optional.empty(), Optional.empty());
    }

    /** Creates the origin of a client whose address is known. */
    public Origin(String address, Method method) {
        this(address, Optional.empty(), method);
    }

    /** Returns the same origin with the services that act for the caller. */
    public Origin through(String services) {
        return new Origin(address, forwarded, method, Optional.of(services), trace);
    }

    /** Returns the same origin with the trace id of the request. */
    public Origin traced(String id) {
        return new Origin(address, forwarded, method, through, Optional.of(id));
    }

    /** Creates the origin of an import file that is applied at the start. */
    public static Origin ofImport(String file) {
        return new Origin(file, Method.IMPORT);
    }

    /**
     * How a caller signs in. A program with its own sign-in step makes a method with its own name. Audit lines show the
     * name.
     *
     * @param name 1 to 40 of the letters A to Z and underscores
     */
    public record Method(String name) {

        // This pattern must come before the constants, because it checks their names.
        private static final Pattern NAME = Pattern.compile("[A-Z_]{1,40}");

        /** A Kerberos ticket over HTTP Negotiate (RFC 4559). */
        public static final Method KERBEROS = new Method("KERBEROS");

        /** NTLM version 2, over HTTP Negotiate or under its own scheme. */
        public static final Method NTLM = new Method("NTLM");

        /** A bearer token (RFC 6750). */
        public static final Method BEARER = new Method("BEARER");

        /** A refresh token (RFC 6749 section 6). */
        public static final Method REFRESH_TOKEN = new Method("REFRESH_TOKEN");

        /** An import file from the operator's configuration. */
        public static final Method IMPORT = new Method("IMPORT");

        /**
         * @throws IllegalArgumentException if the audit log cannot store the name
         */
        public Method {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException(
                        "the name of a sign-in method is 1 to 40 of the letters A to Z and _, not \"" + name + "\"");
            }
        }

        @Override
        public String toString() {
            return name;
        }

        /** Returns the name in metrics and log lines. */
        public String label() {
            return name.toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
