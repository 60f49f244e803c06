package dev.kerbearer.bootstrap.config;

import dev.kerbearer.bootstrap.Kerbearer;

import org.eclipse.microprofile.config.Config;

/**
 * Makes Kerbearer read {@code X-Forwarded-*} and {@code Forwarded} in Quarkus's place. Quarkus takes the first element, which
 * a client can write itself. It fails on an empty element before any route, so that the client gets no answer. An operator
 * sets Quarkus's keys as usual; this class passes their value to Kerbearer and sets them to false for Quarkus.
 */
public final class ForwardedHeaders {

    /** The key of Quarkus. */
    static final String ASKED_FOR = "quarkus.http.proxy.proxy-address-forwarding";

    /** The same for the management port, where nothing asks from where a call comes. */
    private static final String ON_MANAGEMENT_PORT = "quarkus.management.proxy.proxy-address-forwarding";

    /** Holds for Kerbearer what an operator set for Quarkus. No operator sets it. */
    public static final String ARE_FORWARDED = "surroundings.proxy-address-forwarding";

    private ForwardedHeaders() {}

    /** Keeps Quarkus from reading them. */
    public static void areReadHere(Config config, SystemConfiguration told) {
        if (config.getOptionalValue(ASKED_FOR, Boolean.class).orElse(false)) {
            told.tell(ARE_FORWARDED, "true");
            told.tell(ASKED_FOR, "false");
        }
        told.tell(ON_MANAGEMENT_PORT, "false");
    }

    /**
     * Makes sure that Quarkus does not read them.
     *
     * @throws IllegalStateException where it was told so after all
     */
    public static void requireNotReadByQuarkus(boolean asked) {
        if (asked) {
            throw new IllegalStateException(ASKED_FOR + " is set for a profile: set it without one");
        }
    }
}
