package dev.kerbearer.bootstrap.health;

import dev.kerbearer.bootstrap.start.UnresolvedTrustees;
import dev.kerbearer.bootstrap.wiring.ActiveDirectories;
import dev.kerbearer.bootstrap.wiring.Winbind;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Reports which directories answer, and which trustees wait for one that does not. The node stays ready: other nodes
 * would not reach the directory either, and users in the cache can sign in.
 */
@Readiness
@Singleton
final class DirectoryReadiness implements HealthCheck {

    private static final Duration WITHIN = Duration.ofSeconds(1);

    private final ActiveDirectories directories;
    private final UnresolvedTrustees unresolved;
    private final Winbind winbind;

    DirectoryReadiness(ActiveDirectories directories, UnresolvedTrustees unresolved, Winbind winbind) {
        this.directories = directories;
        this.unresolved = unresolved;
        this.winbind = winbind;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("Directories").up();
        directories
                .byName()
                .forEach((name, directory) -> response.withData(
                        ActiveDirectories.provider(name).name(), directory.answers(WITHIN) ? "answers" : "away"));
        winbind.state().ifPresent(state -> response.withData("winbind", state));
        return response.withData("unresolved trustees", unresolved.names().toString())
                .build();
    }
}
