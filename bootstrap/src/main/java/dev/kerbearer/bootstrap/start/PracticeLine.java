package dev.kerbearer.bootstrap.start;

import io.quarkus.vertx.http.HttpServerStart;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Prints the command line to copy as soon as the practice realm's service listens. */
@Singleton
final class PracticeLine {

    /** System property with the environment variables that curl needs, set by the practice realm. */
    static final String ENVIRONMENT = "kerbearer-practice.environment";

    /** System property with alice's password, set by the practice realm. */
    static final String PASSWORD = "kerbearer-practice.password";

    private static final Logger LOG = Logger.getLogger("dev.kerbearer.practice");

    void print(@ObservesAsync HttpServerStart started) {
        String environment = System.getProperty(ENVIRONMENT);
        if (environment != null) {
            String request = " -H 'Content-Type: application/json'"
                    + " -d '{\"client_id\":\"sample-client\",\"scope\":\"Certificate:discover,manage\"}'"
                    + " http://localhost:" + started.options().getPort() + "/vedauth/authorize/integrated";
            LOG.infof(
                    "Practice realm: alice is signed in. Copy this line:%n%n%s curl --negotiate -u :%s%n%n"
                            + "Or, with her password and NTLM, this one:%n%ncurl --ntlm -u alice:%s%s%n",
                    environment, request, System.getProperty(PASSWORD), request);
        }
    }
}
