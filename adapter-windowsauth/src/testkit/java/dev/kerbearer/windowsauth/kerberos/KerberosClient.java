package dev.kerbearer.windowsauth.kerberos;

import java.nio.file.Path;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.Subject;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.Configuration;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;
import org.ietf.jgss.ChannelBinding;
import org.ietf.jgss.GSSContext;
import org.ietf.jgss.GSSException;
import org.ietf.jgss.GSSManager;
import org.ietf.jgss.Oid;

/**
 * A signed-in user of the JDK's own Kerberos, like a Java client of the service. Tickets come from a credential cache
 * and a real KDC. Sets the JVM's {@code krb5.conf}.
 */
public final class KerberosClient {

    private static final String SPNEGO = "1.3.6.1.5.5.2";

    private final Subject subject;

    /** Signs in the user whose tickets are in that cache. */
    public KerberosClient(Path krb5Conf, Path credentialCache) {
        System.setProperty("java.security.krb5.conf", krb5Conf.toString());
        try {
            LoginContext login = new LoginContext("client", null, null, fromCache(credentialCache));
            login.login();
            subject = login.getSubject();
        } catch (LoginException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns a new SPNEGO token for that service, with mutual authentication requested. */
    public byte[] token(String service) {
        return token(service, SPNEGO);
    }

    /** Returns a new token in Kerberos's own framing. */
    public byte[] rawToken(String service) {
        return token(service, "1.2.840.113554.1.2.2");
    }

    /** Returns a new SPNEGO token for that service, bound to that channel as Java's API does it. */
    public byte[] token(String service, byte[] channel) {
        return run(() -> initiated(service, SPNEGO, Optional.of(new ChannelBinding(channel))));
    }

    private byte[] token(String service, String mechanism) {
        return run(() -> initiated(service, mechanism, Optional.empty()));
    }

    /** Runs an action as that user, with the user's tickets. */
    @SuppressWarnings("removal")
    public <T> T run(PrivilegedExceptionAction<T> action) {
        try {
            return Subject.doAs(subject, action);
        } catch (PrivilegedActionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] initiated(String service, String mechanism, Optional<ChannelBinding> binding)
            throws GSSException {
        GSSManager manager = GSSManager.getInstance();
        Oid kerberosName = new Oid("1.2.840.113554.1.2.2.1");
        GSSContext context = manager.createContext(
                manager.createName(service, kerberosName), new Oid(mechanism), null, GSSContext.DEFAULT_LIFETIME);
        try {
            context.requestMutualAuth(true);
            context.requestCredDeleg(false);
            if (binding.isPresent()) {
                context.setChannelBinding(binding.get());
            }
            return context.initSecContext(new byte[0], 0, 0);
        } finally {
            context.dispose();
        }
    }

    private static Configuration fromCache(Path cache) {
        Map<String, String> options = Map.of(
                "useTicketCache",
                "true",
                "ticketCache",
                cache.toString(),
                "doNotPrompt",
                "true",
                "refreshKrb5Config",
                "true");
        return new Configuration() {
            @Override
            public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
                return new AppConfigurationEntry[] {
                    new AppConfigurationEntry(
                            "com.sun.security.auth.module.Krb5LoginModule",
                            AppConfigurationEntry.LoginModuleControlFlag.REQUIRED,
                            options)
                };
            }
        };
    }
}
