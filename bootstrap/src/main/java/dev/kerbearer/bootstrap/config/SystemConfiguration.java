package dev.kerbearer.bootstrap.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What the application is told of its surroundings, as system properties; unsaid again when they end. */
public final class SystemConfiguration implements AutoCloseable {

    private final Map<String, Optional<String>> before = new HashMap<>();

    /** Sets a key for the application. */
    public void tell(String key, String value) {
        before.putIfAbsent(key, Optional.ofNullable(System.getProperty(key)));
        System.setProperty(key, value);
    }

    /** Live reload prepares the surroundings anew, and must not find the old ones in the configuration. */
    @Override
    public void close() {
        before.forEach((key, value) ->
                value.ifPresentOrElse(old -> System.setProperty(key, old), () -> System.clearProperty(key)));
    }
}
