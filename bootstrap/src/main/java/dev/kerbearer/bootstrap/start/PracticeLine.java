package dev.kerbearer.bootstrap.start;

import dev.kerbearer.bootstrap.config.KerbearerConfig;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.inject.Singleton;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/**
 * Prints the command lines to copy, in development mode, as soon as the service answers. Quarkus runs this code at the
 * first start and after each reload. An event of the HTTP server would not occur at a reload, because the server keeps
 * running.
 */
@Singleton
@Unremovable
public final class PracticeLine implements QuarkusApplication {

    /** System property with the path of the realm's configuration, set by the practice realm. */
    static final String KRB5_CONF = "kerbearer-practice.krb5-conf";

    /** System property with the path of alice's credential cache, set by the practice realm. */
    static final String CREDENTIAL_CACHE = "kerbearer-practice.credential-cache";

    /** System property with alice's password, set by the practice realm. */
    static final String PASSWORD = "kerbearer-practice.password";

    private static final Logger LOG = Logger.getLogger("dev.kerbearer.practice");

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9/._-]+");

    private final KerbearerConfig config;
    private final Config all;

    PracticeLine(KerbearerConfig config, Config all) {
        this.config = config;
        this.all = all;
    }

    @Override
    public int run(String... arguments) {
        String request = " -H 'Content-Type: application/json'"
                + " -d '{\"client_id\":\"sample-client\",\"scope\":\"Certificate:discover,manage\"}'"
                + " http://localhost:" + all.getValue("quarkus.http.port", Integer.class)
                + "/vedauth/authorize/integrated";
        LOG.infof(
                "Practice realm: alice is signed in. Copy this line:%n%nKRB5_CONFIG=%s KRB5CCNAME=%s curl --negotiate -u :%s%n",
                quoted(System.getProperty(KRB5_CONF, "")), quoted(System.getProperty(CREDENTIAL_CACHE, "")), request);
        if (config.ntlm().enabled()) {
            LOG.infof(
                    "Or, for NTLM with her password, copy this line:%n%ncurl --ntlm -u alice:%s%s%n",
                    System.getProperty(PASSWORD), request);
        }
        Quarkus.waitForExit();
        return 0;
    }

    /** Returns a path with quotes, so that a shell reads it unchanged. */
    static String quoted(String path) {
        return PLAIN.matcher(path).matches() ? path : "'" + path.replace("'", "'\\''") + "'";
    }
}
