package dev.kerbearer.bootstrap.start;

import io.quarkus.vertx.http.HttpServerStart;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Prints the one line to copy, once the practice realm's service listens. */
@Singleton
final class PracticeLine {

    /** The system property in which the practice realm leaves the environment that curl needs. */
    static final String ENVIRONMENT = "kerbearer-practice.environment";

    /** The system property in which it leaves alice's password. */
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
