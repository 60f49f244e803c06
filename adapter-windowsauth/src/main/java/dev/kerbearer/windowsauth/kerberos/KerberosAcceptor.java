package dev.kerbearer.windowsauth.kerberos;

import dev.kerbearer.windowsauth.der.MalformedToken;
import dev.kerbearer.windowsauth.kerberos.ticket.ApReq;
import dev.kerbearer.windowsauth.kerberos.ticket.OpenedTicket;

import dev.kerbearer.domain.identity.AuthorizationData;
import dev.kerbearer.domain.identity.Principal;
import dev.kerbearer.domain.refusal.Detail;
import dev.kerbearer.windowsauth.channel.TlsChannel;
import dev.kerbearer.windowsauth.keytab.Keytab;
import dev.kerbearer.windowsauth.text.Printable;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.Subject;
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
 * every key version it holds. It sees Kerberos only: what SPNEGO says is read and answered here ({@link NegotiateToken}), once.
 */
public final class KerberosAcceptor {

    private static final Oid KERBEROS = oid("1.2.840.113554.1.2.2");

    private final GSSManager manager = GSSManager.getInstance();
    private final List<Path> files;
    private final InstantSource clock;
    private final List<Keys> keys;
    private final AcceptedServices services;
    private final TicketChecks checks;

    /**
     * The keys of one keytab. They are not thrown together with those of others, because the JDK tries one key of a
     * version only, and which one would be chance.
     */
    private record Keys(Keytab keytab, GSSCredential credential) {}

    /**
     * @param keytabs whose keys open tickets
     * @param service the only service principal whose tickets are good; where it is absent, those of any {@code HTTP/}
     *     principal are
     * @param policy which of them are good
     * @param clock this machine's, to say by how much a client's differs
     */
    public KerberosAcceptor(List<Path> keytabs, Optional<String> service, TicketPolicy policy, InstantSource clock) {
        this.clock = clock;
        switchOffReplayCache();
        this.files = List.copyOf(keytabs);
        this.keys = keytabs.stream()
                .map(file -> new Keys(new Keytab(file), credential(KeyTab.getUnboundInstance(file.toFile()))))
                .toList();
        this.services = new AcceptedServices(keys.stream().map(Keys::keytab).toList(), service);
        this.checks = new TicketChecks(services, policy);
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
    public sealed interface Outcome {

        /**
         * The ticket is good.
         *
         * @param client whose it is
         * @param authorization what it says of him, where it says something
         * @param delegatedThrough the services that got it in his name; absent where he got it himself
         * @param reply shows the client that this is the service he asked for; where he wants to know
         */
        record Accepted(
                Principal client,
                Optional<AuthorizationData> authorization,
                Optional<String> delegatedThrough,
                Optional<byte[]> reply)
                implements Outcome {}

        /**
         * It is not.
         *
         * @param why for the caller
         * @param detail for the log
         * @param client whose ticket it is, where a key opened it: somebody tried to sign in with a ticket that a KDC made,
         *     and that is to be written down
         */
        record Rejected(String why, Detail detail, Optional<Principal> client) implements Outcome {

            /** Nobody can be named whose it is. */
            Rejected(String why, Detail detail) {
                this(why, detail, Optional.empty());
            }
        }
    }

    /** Accepts the token on any channel, or says why not. */
    public Outcome accept(NegotiateToken token) {
        return accept(token, TlsChannel.UNCHECKED);
    }

    /** Accepts the token on that channel, or says why not. */
    public Outcome accept(NegotiateToken token, TlsChannel channel) {
        Optional<Outcome> forAnotherService = Optional.empty();
        for (Keys candidate : keys) {
            Outcome outcome = accept(token, channel, candidate);
            if (isRejected(outcome, RejectedTicket.OTHER_SERVICE)) {
                // Another keytab may hold the same key under a name that is good.
                forAnotherService = Optional.of(outcome);
            } else if (!isRejected(outcome, RejectedTicket.WRONG_KEY)) {
                return outcome;
            }
        }
        return forAnotherService.orElseGet(() -> HeldKeys.explain(token.key(), files));
    }

    private static boolean isRejected(Outcome outcome, String why) {
        return outcome instanceof Outcome.Rejected rejected && rejected.why().equals(why);
    }

    private Outcome accept(NegotiateToken token, TlsChannel channel, Keys candidate) {
        GSSContext context = null;
        try {
            context = manager.createContext(candidate.credential());
            Optional<byte[]> reply = taken(context, token.ofKerberos());
            return context.isEstablished()
                    ? checked(token.apReq(), channel, candidate.keytab(), token.answered(reply))
                    : new Outcome.Rejected(
                            "the client proposes more than one exchange", new Detail("the context is not established"));
        } catch (GSSException failure) {
            return rejected(failure, token, candidate);
        } finally {
            dispose(context);
        }
    }

    private Outcome.Rejected rejected(GSSException failure, NegotiateToken token, Keys candidate) {
        Outcome.Rejected rejected = RefusedEncryption.explain(RejectedTicket.of(failure), token.key());
        return ClientClock.explain(rejected, token.apReq(), candidate.keytab().keys(), clock.instant());
    }

    /** An authenticator whose checksum is cut off has the JDK read past its end, instead of saying so. */
    private static Optional<byte[]> taken(GSSContext context, byte[] token) throws GSSException {
        try {
            return Optional.ofNullable(context.acceptSecContext(token, 0, token.length));
        } catch (RuntimeException unforeseen) {
            GSSException defective = new GSSException(GSSException.DEFECTIVE_TOKEN);
            defective.initCause(unforeseen);
            throw defective;
        }
    }

    private Outcome checked(ApReq request, TlsChannel channel, Keytab keytab, Optional<byte[]> reply) {
        try {
            Principal service = request.service();
            if (!services.accepts(service)) {
                return new Outcome.Rejected(
                        RejectedTicket.OTHER_SERVICE,
                        new Detail("the ticket is for " + Printable.of(service.toString())));
            }
            Optional<OpenedTicket> ticket = OpenedTicket.of(request, services.goodKeysOf(keytab));
            return ticket.isPresent()
                    ? checks.outcome(ticket.get(), channel, reply)
                    : openedByNoGoodKey(request, keytab);
        } catch (MalformedToken | GeneralSecurityException unreadable) {
            return new Outcome.Rejected(RejectedTicket.UNREADABLE, new Detail(String.valueOf(unreadable.getMessage())));
        }
    }

    /** The JDK tries keys of other names too, and knows more types of keys. */
    private static Outcome.Rejected openedByNoGoodKey(ApReq request, Keytab keytab)
            throws MalformedToken, GeneralSecurityException {
        return OpenedTicket.of(request, keytab.keys())
                .map(ticket -> new Outcome.Rejected(
                        RejectedTicket.OTHER_SERVICE,
                        new Detail("the ticket says that it is for "
                                + request.key().principal() + ", and was made for "
                                + ticket.openedBy().principal()),
                        Optional.of(ticket.client())))
                .orElseGet(() -> new Outcome.Rejected(
                        RejectedTicket.WRONG_TYPE, new Detail("the ticket is for " + request.key())));
    }

    /** One credential of a keytab for all requests; making one for each would cost more than accepting does. */
    private GSSCredential credential(KeyTab keytab) {
        Subject subject = new Subject(false, Set.of(), Set.of(), Set.of(keytab));
        try {
            return inSubject(
                    subject,
                    () -> manager.createCredential(
                            null, GSSCredential.INDEFINITE_LIFETIME, KERBEROS, GSSCredential.ACCEPT_ONLY));
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
