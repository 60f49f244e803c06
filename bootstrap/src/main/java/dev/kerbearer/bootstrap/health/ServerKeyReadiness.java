package dev.kerbearer.bootstrap.health;

import dev.kerbearer.domain.key.KeyId;
import dev.kerbearer.domain.key.ServerKeys;
import dev.kerbearer.domain.port.ServerKeyRegister;
import dev.kerbearer.domain.port.Unavailable;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready if this node holds the newest server key. Without it, the node could not open what other nodes encrypt with it,
 * nor repeat their refresh answers.
 */
@Readiness
@Singleton
public final class ServerKeyReadiness implements HealthCheck {

    private static final String NAME = "The newest server key is held";

    private final ServerKeyRegister register;
    private final ServerKeys keys;

    public ServerKeyReadiness(ServerKeyRegister register, ServerKeys keys) {
        this.register = register;
        this.keys = keys;
    }

    @Override
    public HealthCheckResponse call() {
        try {
            Optional<KeyId> newest = register.newest();
            return HealthCheckResponse.named(NAME)
                    .status(newest.filter(id -> keys.find(id).isEmpty()).isEmpty())
                    .withData("newest", newest.map(KeyId::value).orElse("none"))
                    .withData("held", held())
                    .build();
        } catch (Unavailable away) {
            return HealthCheckResponse.down(NAME);
        }
    }

    private String held() {
        String current = "current " + keys.current().id();
        return keys.previous().stream().map(key -> ", previous " + key.id()).reduce(current, String::concat);
    }
}
