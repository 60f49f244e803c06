package dev.kerbearer.bootstrap.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Sets system properties that tell the application about its surroundings, and restores the old values at the end. */
public final class SystemConfiguration implements AutoCloseable {

    private final Map<String, Optional<String>> before = new HashMap<>();

    /** Sets a key for the application. */
    public void tell(String key, String value) {
        before.putIfAbsent(key, Optional.ofNullable(System.getProperty(key)));
        System.setProperty(key, value);
    }

    /** Restores the old values. Live reload prepares the surroundings again and must not find the old ones. */
    @Override
    public void close() {
        before.forEach((key, value) ->
                value.ifPresentOrElse(old -> System.setProperty(key, old), () -> System.clearProperty(key)));
    }
}
