package dev.kerbearer.bootstrap;

import io.quarkus.vertx.http.HttpServerStart;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Prints the one line to copy, once the practice realm's service listens. */
@Singleton
final class PracticeLine {

    /** The system property in which the practice realm leaves the environment that curl needs. */
    static final String ENVIRONMENT = "kerbearer-practice.environment";

    private static final Logger LOG = Logger.getLogger("dev.kerbearer.practice");

    void print(@ObservesAsync HttpServerStart started) {
        String environment = System.getProperty(ENVIRONMENT);
        if (environment != null) {
            LOG.infof(
                    "Practice realm: alice is signed in. Copy this line:%n%n%s curl --negotiate -u :"
                            + " -H 'Content-Type: application/json'"
                            + " -d '{\"client_id\":\"sample-client\",\"scope\":\"Certificate:discover,manage\"}'"
                            + " http://localhost:%d/vedauth/authorize/integrated%n",
                    environment, started.options().getPort());
        }
    }
}
