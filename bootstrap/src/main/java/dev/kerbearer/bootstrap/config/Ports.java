package dev.kerbearer.bootstrap.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;

/**
 * The ports that the service listens on, by their keys.
 *
 * @param host the address of the API
 * @param managementHost the address of health and metrics
 * @param ports the configured ports; 0 is any free port
 * @param tls whether the API is offered under TLS
 */
public record Ports(String host, String managementHost, Map<String, Integer> ports, boolean tls) {

    /** The key of the port for plain HTTP. */
    public static final String HTTP = "quarkus.http.port";

    /** The key of the port for TLS. */
    public static final String HTTPS = "quarkus.http.ssl-port";

    private static final String MANAGEMENT = "quarkus.management.port";
    private static final String LOCALHOST = "localhost";
    private static final int LARGEST = 65_535;

    /** The keys that turn on TLS for the API, without the characters that differ in an environment variable. */
    private static final List<String> TLS_KEYS = List.of(
            "quarkus.http.tls.configuration.name",
            "quarkus.tls.key.store.",
            "quarkus.http.ssl.certificate.files",
            "quarkus.http.ssl.certificate.key.store.file");

    /** Copies {@code ports}. */
    public Ports {
        ports = Map.copyOf(ports);
    }

    /**
     * Reads the ports.
     *
     * @throws IllegalStateException if the value of a key is not a port
     */
    public static Ports of(Config config) {
        Map<String, Integer> ports = new LinkedHashMap<>();
        boolean tls = endsTls(config);
        if (!tls || !isHttpDisabled(config)) {
            ports.put(HTTP, port(config, HTTP, 8080));
        }
        if (tls) {
            ports.put(HTTPS, port(config, HTTPS, 8443));
        }
        ports.put(MANAGEMENT, port(config, MANAGEMENT, 9000));
        return new Ports(
                config.getOptionalValue("quarkus.http.host", String.class).orElse(LOCALHOST),
                config.getOptionalValue("quarkus.management.host", String.class).orElse(LOCALHOST),
                ports,
                tls);
    }

    /** Returns whether the HTTP server has a certificate. */
    private static boolean endsTls(Config config) {
        return StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                .filter(key -> TLS_KEYS.stream().anyMatch(plain(key)::startsWith))
                .anyMatch(key -> isConfigured(config.getConfigValue(key)));
    }

    private static String plain(String key) {
        return key.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", ".");
    }

    /**
     * Defaults of Quarkus have a negative ordinal. Some TLS keys have such a default, but a default does not turn on
     * TLS.
     */
    private static boolean isConfigured(ConfigValue value) {
        return value.getValue() != null && value.getSourceOrdinal() >= 0;
    }

    /** Returns whether plain HTTP is turned off. */
    private static boolean isHttpDisabled(Config config) {
        return config.getOptionalValue("quarkus.http.insecure-requests", String.class)
                .filter("disabled"::equalsIgnoreCase)
                .isPresent();
    }

    private static int port(Config config, String key, int standard) {
        Optional<String> written = config.getOptionalValue(key, String.class).map(String::strip);
        if (written.isEmpty()) {
            return standard;
        }
        boolean good = written.get().matches("\\d{1,5}") && Integer.parseInt(written.get()) <= LARGEST;
        if (!good) {
            throw new IllegalStateException(key + " is \"" + written.get() + "\"; it must be a port, 0 to " + LARGEST);
        }
        return Integer.parseInt(written.get());
    }

    /**
     * Checks that no two keys have the same port on the same address. Otherwise Vert.x would share the port, and each
     * call would randomly reach the API or the management interface.
     *
     * @throws IllegalStateException if two are the same; the message names both keys
     */
    void check() {
        for (String one : ports.keySet()) {
            for (String other : ports.keySet()) {
                boolean same = one.compareTo(other) < 0
                        && ports.get(one) != 0
                        && ports.get(one).equals(ports.get(other))
                        && (isOfApi(one) == isOfApi(other) || overlap(host, managementHost));
                if (same) {
                    throw new IllegalStateException(one + " and " + other + " are both " + ports.get(one)
                            + ": set one of them to another port");
                }
            }
        }
    }

    private static boolean isOfApi(String key) {
        return !key.equals(MANAGEMENT);
    }

    private static boolean overlap(String one, String other) {
        Set<InetAddress> ones = addresses(one);
        Set<InetAddress> others = addresses(other);
        boolean any = ones.stream().anyMatch(InetAddress::isAnyLocalAddress)
                || others.stream().anyMatch(InetAddress::isAnyLocalAddress);
        ones.retainAll(others);
        return any || !ones.isEmpty() || one.equals(other);
    }

    private static Set<InetAddress> addresses(String host) {
        try {
            return new HashSet<>(Arrays.asList(InetAddress.getAllByName(host)));
        } catch (UnknownHostException reportedLater) {
            return new HashSet<>();
        }
    }

    /** Returns the key with this port; empty if there is none. */
    public Optional<String> keyOf(int port) {
        return List.of(HTTP, HTTPS, MANAGEMENT).stream()
                .filter(key -> Integer.valueOf(port).equals(ports.get(key)))
                .findFirst();
    }

    /**
     * Returns the address of the service on this machine, with {@code https} if the service offers TLS.
     *
     * @param now the current configuration, which has the real port when the service listens
     */
    public String localUrl(Config now) {
        String key = tls ? HTTPS : HTTP;
        return (tls ? "https://" : "http://") + LOCALHOST + ":"
                + now.getOptionalValue(key, String.class).orElseGet(() -> String.valueOf(ports.get(key)));
    }
}
