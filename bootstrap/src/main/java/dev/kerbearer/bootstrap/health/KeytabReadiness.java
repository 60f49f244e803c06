package dev.kerbearer.bootstrap.health;

import dev.kerbearer.bootstrap.wiring.Keytabs;
import jakarta.inject.Singleton;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready if every configured keytab can be read. */
@Readiness
@Singleton
final class KeytabReadiness implements HealthCheck {

    private final Keytabs keytabs;

    KeytabReadiness(Keytabs keytabs) {
        this.keytabs = keytabs;
    }

    @Override
    public HealthCheckResponse call() {
        List<Path> unreadable =
                keytabs.files().stream().filter(file -> !Files.isReadable(file)).toList();
        return HealthCheckResponse.named("Keytabs can be read")
                .status(unreadable.isEmpty())
                .withData("unreadable", unreadable.toString())
                .build();
    }
}
