package dev.kerbearer.bootstrap.health;

import dev.kerbearer.bootstrap.wiring.Keytabs;
import jakarta.inject.Singleton;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready if every configured keytab can be used. The data also show any other reason why nobody can sign in with
 * Kerberos. A node without a keytab is ready, because it can offer NTLM and answer calls with tokens.
 */
@Readiness
@Singleton
public final class KeytabReadiness implements HealthCheck {

    private final Keytabs keytabs;

    public KeytabReadiness(Keytabs keytabs) {
        this.keytabs = keytabs;
    }

    @Override
    public HealthCheckResponse call() {
        List<String> faults = keytabs.faults();
        return HealthCheckResponse.named("Keytabs can be read")
                .status(faults.isEmpty())
                .withData("unusable", faults.toString())
                .withData(
                        "sign-in with Kerberos",
                        keytabs.lacking()
                                .map(reason -> "not possible: " + reason)
                                .orElse("possible"))
                .build();
    }
}
