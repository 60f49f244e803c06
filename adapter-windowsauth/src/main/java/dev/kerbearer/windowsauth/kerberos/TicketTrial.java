package dev.kerbearer.windowsauth.kerberos;

import dev.kerbearer.domain.identity.AuthorizationData;
import dev.kerbearer.domain.identity.Principal;
import dev.kerbearer.windowsauth.der.MalformedToken;
import dev.kerbearer.windowsauth.kerberos.KerberosAcceptor.Outcome;
import java.nio.file.Path;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.Subject;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.AppConfigurationEntry.LoginModuleControlFlag;
import javax.security.auth.login.Configuration;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;
import org.ietf.jgss.GSSContext;
import org.ietf.jgss.GSSException;
import org.ietf.jgss.GSSManager;
import org.ietf.jgss.GSSName;
import org.ietf.jgss.Oid;

/**
 * Tests sign-in as client and service in one: gets a ticket as the user who runs this program, and accepts it as the
 * service would.
 */
public final class TicketTrial {

    private TicketTrial() {}

    /** The result of the trial. */
    public sealed interface Result {

        /** There is no signed-in user, or the KDC gave no ticket. */
        record NoTicket(String why) implements Result {}

        /** The KDC gave a ticket, but the service rejects it. */
        record Refused(String why, String detail) implements Result {}

        /**
         * The KDC gave a ticket, and the service accepts it.
         *
         * @param authorization what the ticket says about its client, if it can be trusted
         */
        record Taken(Principal client, Optional<AuthorizationData> authorization) implements Result {}
    }

    /**
     * Runs the trial.
     *
     * @param keytabs the service's keytabs
     * @param only the only service principal whose tickets are accepted, if there is one
     * @param policy which tickets are accepted
     * @param asked {@code HTTP@host}
     * @param clock this machine's clock
     */
    public static Result run(
            List<Path> keytabs, Optional<String> only, TicketPolicy policy, String asked, InstantSource clock) {
        byte[] token;
        try {
            token = token(asked);
        } catch (LoginException | PrivilegedActionException none) {
            Throwable cause = none.getCause() == null ? none : none.getCause();
            return new Result.NoTicket(String.valueOf(cause.getMessage()));
        }
        try {
            Outcome outcome = new KerberosAcceptor(keytabs, only, policy, clock).accept(NegotiateToken.read(token));
            if (outcome instanceof Outcome.Rejected rejected) {
                return new Result.Refused(rejected.why(), rejected.detail().text());
            }
            Outcome.Accepted accepted = (Outcome.Accepted) outcome;
            return new Result.Taken(accepted.client(), accepted.authorization());
        } catch (MalformedToken e) {
            return new Result.Refused("this program cannot read it", String.valueOf(e.getMessage()));
        }
    }

    /**
     * The replacement of {@code Subject.doAs} is missing before Java 18. {@code Subject.doAs} still exists in Java 25.
     */
    @SuppressWarnings("removal")
    private static byte[] token(String service) throws LoginException, PrivilegedActionException {
        LoginContext login = new LoginContext("doctor", null, null, fromDefaultCache());
        login.login();
        return Subject.doAs(login.getSubject(), (PrivilegedExceptionAction<byte[]>) () -> initiated(service));
    }

    private static byte[] initiated(String service) throws GSSException {
        GSSManager manager = GSSManager.getInstance();
        GSSContext context = manager.createContext(
                manager.createName(service, GSSName.NT_HOSTBASED_SERVICE),
                new Oid("1.3.6.1.5.5.2"),
                null,
                GSSContext.DEFAULT_LIFETIME);
        try {
            return context.initSecContext(new byte[0], 0, 0);
        } finally {
            context.dispose();
        }
    }

    private static Configuration fromDefaultCache() {
        return new Configuration() {
            @Override
            public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
                return new AppConfigurationEntry[] {
                    new AppConfigurationEntry(
                            "com.sun.security.auth.module.Krb5LoginModule",
                            LoginModuleControlFlag.REQUIRED,
                            Map.of("useTicketCache", "true", "doNotPrompt", "true"))
                };
            }
        };
    }
}
