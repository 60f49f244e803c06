package dev.kerbearer.bootstrap.config;

import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/** Which database the configuration chooses: the embedded one, or one of the operator's. */
public final class DatabaseChoice {

    /** The key of the operator's database. */
    public static final String JDBC_URL = "quarkus.datasource.jdbc.url";

    private DatabaseChoice() {}

    /**
     * Returns whether the embedded database is used.
     *
     * @throws IllegalStateException if the configuration contradicts itself about it
     */
    public static boolean isEmbedded(Config config) {
        boolean hasUrl = config.getOptionalValue(JDBC_URL, String.class).isPresent();
        Optional<String> wanted = config.getOptionalValue("kerbearer.database", String.class)
                .map(value -> value.toLowerCase(Locale.ROOT));
        if (wanted.isEmpty()) {
            return !hasUrl;
        }
        if (wanted.get().equals("embedded")) {
            if (hasUrl) {
                throw new IllegalStateException(
                        "kerbearer.database is embedded, but " + JDBC_URL + " is set: unset one of them");
            }
            return true;
        }
        if (!wanted.get().equals("external")) {
            throw new IllegalStateException("kerbearer.database must be embedded or external, not " + wanted.get());
        }
        if (!hasUrl) {
            throw new IllegalStateException("kerbearer.database is external, but there is no data source: set "
                    + JDBC_URL + ", quarkus.datasource.username and quarkus.datasource.password");
        }
        return false;
    }
}
