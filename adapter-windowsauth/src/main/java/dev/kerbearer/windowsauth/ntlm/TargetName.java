package dev.kerbearer.windowsauth.ntlm;

import java.util.Locale;

/**
 * The service that a client made its answer for, as a service principal name. The form is {@code HTTP/host}, optionally
 * with a port, a name after the host, or a numerical address.
 *
 * @param serviceClass the part before the slash
 * @param host the host without port and final dot, in lower case
 */
public record TargetName(String serviceClass, String host) {

    private static final String HTTP = "HTTP";

    /** Parses a name. The host is empty if the text has none. */
    public static TargetName of(String written) {
        String[] parts = written.split("/", 3);
        return new TargetName(parts[0], parts.length > 1 ? hostIn(parts[1]) : "");
    }

    private static String hostIn(String instance) {
        String host = withoutPort(instance);
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        return name.toLowerCase(Locale.ROOT);
    }

    /** An IPv6 address contains colons. It is in brackets if a port follows it. */
    private static String withoutPort(String instance) {
        int bracket = instance.indexOf(']');
        if (instance.startsWith("[") && bracket > 0) {
            return instance.substring(1, bracket);
        }
        int colon = instance.indexOf(':');
        return colon >= 0 && colon == instance.lastIndexOf(':') ? instance.substring(0, colon) : instance;
    }

    /** Returns whether the class is HTTP. Windows ignores case in service classes. */
    public boolean isHttp() {
        return serviceClass.equalsIgnoreCase(HTTP);
    }
}
