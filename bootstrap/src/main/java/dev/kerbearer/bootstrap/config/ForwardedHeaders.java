package dev.kerbearer.bootstrap.config;

import org.eclipse.microprofile.config.Config;

/**
 * Makes Kerbearer read {@code X-Forwarded-*} and {@code Forwarded} instead of Quarkus. Quarkus takes the first element,
 * which a client can write itself. It also fails on an empty element before any route, so the client gets no answer.
 * Operators set Quarkus's keys as usual. This class passes their value to Kerbearer and sets them to false for Quarkus.
 */
public final class ForwardedHeaders {

    /** The key of Quarkus that operators set. */
    static final String ASKED_FOR = "quarkus.http.proxy.proxy-address-forwarding";

    /** The same key for the management port, where no code reads the address of a caller. */
    private static final String ON_MANAGEMENT_PORT = "quarkus.management.proxy.proxy-address-forwarding";

    /** The key that passes the operator's Quarkus setting to Kerbearer. Operators do not set it. */
    public static final String ARE_FORWARDED = "surroundings.proxy-address-forwarding";

    private ForwardedHeaders() {}

    /** Turns the headers off for Quarkus, and on for Kerbearer if the operator asked for them. */
    public static void areReadHere(Config config, SystemConfiguration told) {
        if (config.getOptionalValue(ASKED_FOR, Boolean.class).orElse(false)) {
            told.tell(ARE_FORWARDED, "true");
            told.tell(ASKED_FOR, "false");
        }
        told.tell(ON_MANAGEMENT_PORT, "false");
    }

    /**
     * Checks that Quarkus does not read the headers.
     *
     * @throws IllegalStateException if Quarkus is configured to read them after all
     */
    public static void requireNotReadByQuarkus(boolean asked) {
        if (asked) {
            throw new IllegalStateException(ASKED_FOR + " is set for a profile: set it without one");
        }
    }
}
