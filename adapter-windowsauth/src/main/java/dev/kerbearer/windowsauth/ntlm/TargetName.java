package dev.kerbearer.windowsauth.ntlm;

import java.util.Locale;

/**
 * The service that a client made its answer for, as a service principal name: {@code HTTP/host}, with a port, with a name
 * after the host, or with a numerical address.
 *
 * @param serviceClass what stands before the slash
 * @param host without port and final dot, in small letters
 */
public record TargetName(String serviceClass, String host) {

    private static final String HTTP = "HTTP";

    /** Reads it; where it has no host, that is empty. */
    public static TargetName of(String written) {
        String[] parts = written.split("/", 3);
        return new TargetName(parts[0], parts.length > 1 ? hostIn(parts[1]) : "");
    }

    private static String hostIn(String instance) {
        String host = withoutPort(instance);
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        return name.toLowerCase(Locale.ROOT);
    }

    /** An IPv6 address has colons of its own, and is in brackets where a port follows it. */
    private static String withoutPort(String instance) {
        int bracket = instance.indexOf(']');
        if (instance.startsWith("[") && bracket > 0) {
            return instance.substring(1, bracket);
        }
        int colon = instance.indexOf(':');
        return colon >= 0 && colon == instance.lastIndexOf(':') ? instance.substring(0, colon) : instance;
    }

    /** Windows compares service classes without regard to case. */
    public boolean isHttp() {
        return serviceClass.equalsIgnoreCase(HTTP);
    }
}
