package dev.kerbearer.persistence.sql;

import io.quarkus.credentials.CredentialsProvider;
import io.smallrye.mutiny.Uni;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/**
 * Reads the role and password of the data source from the configuration for each connection that the pool makes. A
 * changed password in a configured file is therefore used without a restart: open connections continue, and the next
 * login uses the new password.
 */
public final class ConfiguredCredentials implements CredentialsProvider {

    private static final Logger LOG = Logger.getLogger(ConfiguredCredentials.class);

    private static final String PREFIX = "quarkus.datasource.";

    private final Config config;

    public ConfiguredCredentials(Config config) {
        this.config = config;
    }

    @Override
    public Map<String, String> getCredentials(String name) {
        Map<String, String> credentials = new HashMap<>();
        look("username").ifPresent(username -> credentials.put(USER_PROPERTY_NAME, username));
        look("password").ifPresent(password -> credentials.put(PASSWORD_PROPERTY_NAME, password));
        return credentials;
    }

    /** If the value cannot be read now, the pool uses the value from the start. */
    private Optional<String> look(String key) {
        try {
            return config.getOptionalValue(PREFIX + key, String.class);
        } catch (RuntimeException unreadable) {
            // The exception message may contain the value.
            LOG.warnf(
                    "%s%s cannot be read, so the value from the start is used (%s)",
                    PREFIX, key, unreadable.getClass().getSimpleName());
            return Optional.empty();
        }
    }

    /**
     * Runs on the pool's own thread, because all worker threads may be waiting for this connection. That thread may
     * still have the interrupt flag of a connection that was given up earlier. The flag would make the wait for this
     * result fail, so it is cleared.
     */
    @Override
    public Uni<Map<String, String>> getCredentialsAsync(String name) {
        Thread.interrupted();
        return Uni.createFrom().item(() -> getCredentials(name));
    }
}
