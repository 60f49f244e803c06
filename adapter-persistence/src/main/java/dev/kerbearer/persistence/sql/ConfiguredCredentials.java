package dev.kerbearer.persistence.sql;

import io.quarkus.credentials.CredentialsProvider;
import io.smallrye.mutiny.Uni;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/**
 * Role and password of the data source, looked up in the configuration anew for each connection that the pool makes. A
 * password from a file that the configuration reads afresh is so taken up without a restart: connections that are open
 * go on, and the next login has the new one.
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

    /** Where it cannot be looked up now, the pool goes on with what it was at the start. */
    private Optional<String> look(String key) {
        try {
            return config.getOptionalValue(PREFIX + key, String.class);
        } catch (RuntimeException unreadable) {
            // What it says may have the value in it.
            LOG.warnf(
                    "%s%s cannot be looked up (%s)",
                    PREFIX, key, unreadable.getClass().getSimpleName());
            return Optional.empty();
        }
    }

    /**
     * On the pool's own thread: the worker threads may all be waiting for the very connection that this is for. That
     * thread may still carry the interrupt of a connection that was given up before, and whoever waits for this answer,
     * though it is there already, would end with it.
     */
    @Override
    public Uni<Map<String, String>> getCredentialsAsync(String name) {
        Thread.interrupted();
        return Uni.createFrom().item(() -> getCredentials(name));
    }
}
