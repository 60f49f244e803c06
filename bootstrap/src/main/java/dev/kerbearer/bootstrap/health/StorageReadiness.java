package dev.kerbearer.bootstrap.health;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready if grants can be written. A database that is read-only, such as a standby, is not enough. */
@Readiness
@Singleton
final class StorageReadiness implements HealthCheck {

    private static final String NAME = "Storage takes grants";

    private final DataSource database;

    StorageReadiness(DataSource database) {
        this.database = database;
    }

    @Override
    public HealthCheckResponse call() {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("show transaction_read_only")) {
            row.next();
            return HealthCheckResponse.named(NAME)
                    .status(row.getString(1).equals("off"))
                    .withData("read only", row.getString(1))
                    .build();
        } catch (SQLException away) {
            return HealthCheckResponse.down(NAME);
        }
    }
}
