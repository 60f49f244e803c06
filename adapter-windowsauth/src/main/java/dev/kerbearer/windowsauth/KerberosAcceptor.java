package dev.kerbearer.windowsauth;

import dev.kerbearer.domain.identity.AuthorizationData;
import dev.kerbearer.domain.identity.Principal;
import dev.kerbearer.domain.refusal.Detail;
import java.nio.file.Path;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import javax.security.auth.Subject;
import javax.security.auth.kerberos.KerberosPrincipal;
import javax.security.auth.kerberos.KeyTab;
import org.ietf.jgss.GSSContext;
import org.ietf.jgss.GSSCredential;
import org.ietf.jgss.GSSException;
import org.ietf.jgss.GSSManager;
import org.ietf.jgss.Oid;
import org.jspecify.annotations.Nullable;

/**
 * Accepts Kerberos tickets with the keys of keytabs. It never logs in: a service principal of Active Directory could
 * not, and no exchange with a KDC is needed. The JDK reads a keytab again whenever the file has changed, and tries
 * every key version it holds.
 */
final class KerberosAcceptor {

    private static final Oid SPNEGO = oid("1.3.6.1.5.5.2");
    private static final Oid KERBEROS = oid("1.2.840.113554.1.2.2");

    private final GSSManager manager = GSSManager.getInstance();
    private final List<Path> files;
    private final List<Keys> keys;
    private final Predicate<Principal> acceptedService;

    /**
     * The keys of one keytab. They are not thrown together with those of others, because the JDK tries one key of a
     * version only, and which one would be chance.
     */
    private record Keys(KeyTab keytab, GSSCredential credential) {}

    /**
     * @param keytabs whose keys open tickets
     * @param service the only service principal whose tickets are good; where it is absent, those of any {@code HTTP/}
     *     principal are
     */
    KerberosAcceptor(List<Path> keytabs, Optional<String> service) {
        switchOffReplayCache();
        this.files = List.copyOf(keytabs);
        this.keys = keytabs.stream()
                .map(file -> KeyTab.getUnboundInstance(file.toFile()))
                .map(keytab -> new Keys(keytab, credential(keytab)))
                .toList();
        this.acceptedService = service.<Predicate<Principal>>map(only -> principal -> isNamed(principal, only))
                .orElse(this::isHttpServiceOfKeytabs);
    }

    /**
     * The JDK remembers every authenticator for five minutes, in this process only, which keeps no replay from another
     * node or after a restart. The database does; so the memory is saved, 80 bytes and more a sign-in.
     */
    private static void switchOffReplayCache() {
        String key = "sun.security.krb5.rcache";
        if (System.getProperty(key) == null) {
            System.setProperty(key, "none");
        }
    }

    /** What came of a token. */
    sealed interface Outcome {

        /**
         * The ticket is good.
         *
         * @param client whose it is
         * @param authorization what it says of him, where it says something that can be believed
         * @param reply shows the client that this is the service he asked for; where he wants to know
         */
        record Accepted(Principal client, Optional<AuthorizationData> authorization, Optional<byte[]> reply)
                implements Outcome {}

        /**
         * It is not.
         *
         * @param why for the caller
         * @param detail for the log
         */
        record Rejected(String why, Detail detail) implements Outcome {}
    }

    /** Accepts the token, or says why not. */
    Outcome accept(NegotiateToken token) {
        Outcome outcome = new Outcome.Rejected(RejectedTicket.WRONG_KEY, new Detail("there is no keytab"));
        for (Keys candidate : keys) {
            outcome = accept(token, candidate);
            if (!isForOtherKeys(outcome)) {
                return outcome;
            }
        }
        return isForOtherKeys(outcome) ? HeldKeys.explain(token.key(), files) : outcome;
    }

    private static boolean isForOtherKeys(Outcome outcome) {
        return outcome instanceof Outcome.Rejected rejected && rejected.why().equals(RejectedTicket.WRONG_KEY);
    }

    private Outcome accept(NegotiateToken token, Keys candidate) {
        GSSContext context = null;
        try {
            context = manager.createContext(candidate.credential());
            byte[] reply = context.acceptSecContext(token.bytes(), 0, token.bytes().length);
            return context.isEstablished()
                    ? accepted(context, candidate.keytab(), Optional.ofNullable(reply))
                    : new Outcome.Rejected(
                            "the client proposes more than one exchange", new Detail("the context is not established"));
        } catch (GSSException failure) {
            return RejectedTicket.of(failure);
        } finally {
            dispose(context);
        }
    }

    private Outcome accepted(GSSContext context, KeyTab keytab, Optional<byte[]> reply) throws GSSException {
        Principal service = Principal.parse(context.getTargName().toString());
        if (!acceptedService.test(service)) {
            return new Outcome.Rejected(
                    "the ticket is for another service", new Detail("the ticket is for " + service));
        }
        Principal client = Principal.parse(context.getSrcName().toString());
        return new Outcome.Accepted(client, TicketAuthorization.of(context, keytab, service, client), reply);
    }

    /** One credential of a keytab for all requests; making one for each would cost more than accepting does. */
    private GSSCredential credential(KeyTab keytab) {
        Subject subject = new Subject(false, Set.of(), Set.of(), Set.of(keytab));
        Oid[] mechanisms = {SPNEGO, KERBEROS};
        try {
            return inSubject(
                    subject,
                    () -> manager.createCredential(
                            null, GSSCredential.INDEFINITE_LIFETIME, mechanisms, GSSCredential.ACCEPT_ONLY));
        } catch (PrivilegedActionException e) {
            throw new IllegalStateException("no Kerberos credential can be made of " + keytab, e);
        }
    }

    /** Its successor is missing before Java 18, and it is present in 25. */
    @SuppressWarnings("removal")
    private static <T> T inSubject(Subject subject, PrivilegedExceptionAction<T> action)
            throws PrivilegedActionException {
        return Subject.doAs(subject, action);
    }

    /**
     * A key opens the tickets of every name of its account, and the JDK tries keys of other names too; so the name that
     * a ticket was asked for is looked up.
     */
    private boolean isHttpServiceOfKeytabs(Principal service) {
        KerberosPrincipal principal = new KerberosPrincipal(service.toString(), KerberosPrincipal.KRB_NT_SRV_INST);
        return service.name().startsWith("HTTP/")
                && keys.stream().anyMatch(candidate -> candidate.keytab().getKeys(principal).length > 0);
    }

    /** A name with or without its realm. */
    private static boolean isNamed(Principal principal, String name) {
        return principal.toString().equals(name) || principal.name().equals(name);
    }

    private static void dispose(@Nullable GSSContext context) {
        try {
            if (context != null) {
                context.dispose();
            }
        } catch (GSSException nothingToFree) {
            // The context held no resource but memory.
            return;
        }
    }

    private static Oid oid(String dotted) {
        try {
            return new Oid(dotted);
        } catch (GSSException e) {
            throw new IllegalArgumentException(dotted, e);
        }
    }
}
