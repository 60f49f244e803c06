package dev.kerbearer.windowsauth.kerberos;

import dev.kerbearer.domain.identity.AuthorizationData;
import dev.kerbearer.domain.identity.Principal;
import dev.kerbearer.domain.refusal.Detail;
import dev.kerbearer.windowsauth.channel.TlsChannel;
import dev.kerbearer.windowsauth.der.MalformedToken;
import dev.kerbearer.windowsauth.kerberos.ticket.ApReq;
import dev.kerbearer.windowsauth.kerberos.ticket.OpenedTicket;
import dev.kerbearer.windowsauth.keytab.HeldKey;
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
import java.util.stream.IntStream;
import javax.security.auth.Subject;
import javax.security.auth.kerberos.KeyTab;
import org.ietf.jgss.GSSContext;
import org.ietf.jgss.GSSCredential;
import org.ietf.jgss.GSSException;
import org.ietf.jgss.GSSManager;
import org.ietf.jgss.Oid;
import org.jspecify.annotations.Nullable;

/**
 * Accepts Kerberos tickets with the keys of keytabs. It never logs in: a service principal of Active Directory cannot,
 * and no exchange with a KDC is needed. The JDK reads a keytab again whenever the file has changed, and tries every key
 * version in it. The JDK sees only Kerberos. {@link NegotiateToken} reads and answers SPNEGO, once for all keytabs.
 */
public final class KerberosAcceptor {

    private static final Oid KERBEROS = oid("1.2.840.113554.1.2.2");

    private final GSSManager manager = GSSManager.getInstance();
    private final List<Path> files;
    private final InstantSource clock;
    private final Optional<String> service;
    private final List<Keys> keys;
    private final TicketChecks checks;
    private volatile AcceptedServices services;

    /**
     * The keys of one keytab. Keytabs are not merged: the JDK tries only one key of a version, and it would be chance
     * which key that is.
     *
     * @param place the index of the keytab in the configured list
     */
    private record Keys(int place, Keytab keytab, GSSCredential credential) {}

    /**
     * @param keytabs the keytabs whose keys open tickets
     * @param service the only accepted service principal; absent: any {@code HTTP/} principal
     * @param policy which of these tickets are accepted
     * @param clock this machine's clock, to report the difference of a client's clock
     */
    public KerberosAcceptor(List<Path> keytabs, Optional<String> service, TicketPolicy policy, InstantSource clock) {
        this.clock = clock;
        switchOffReplayCache();
        this.files = List.copyOf(keytabs);
        this.service = service;
        this.keys = IntStream.range(0, files.size())
                .mapToObj(place -> keys(place, files.get(place)))
                .toList();
        this.checks = new TicketChecks(policy);
        this.services = new AcceptedServices(List.of(), service);
    }

    private Keys keys(int place, Path file) {
        return new Keys(place, new Keytab(file), credential(KeyTab.getUnboundInstance(file.toFile())));
    }

    /**
     * The JDK caches every authenticator for five minutes, in this process only. That does not stop a replay at another
     * node or after a restart. The database stops every replay. Switching the cache off saves 80 bytes or more per
     * sign-in.
     */
    private static void switchOffReplayCache() {
        String key = "sun.security.krb5.rcache";
        if (System.getProperty(key) == null) {
            System.setProperty(key, "none");
        }
    }

    /** The result of a token. */
    public sealed interface Outcome {

        /**
         * The ticket is accepted.
         *
         * @param client the client of the ticket
         * @param authorization what the ticket says about the client, if anything
         * @param delegatedThrough the services that got the ticket in the client's name; absent if the client got it
         *     itself
         * @param reply proves to the client that this is the service it asked for; absent if the client does not ask
         *     for it
         */
        record Accepted(
                Principal client,
                Optional<AuthorizationData> authorization,
                Optional<String> delegatedThrough,
                Optional<byte[]> reply)
                implements Outcome {}

        /**
         * The ticket is rejected.
         *
         * @param why for the caller
         * @param detail for the log
         * @param client the client of the ticket, if a key opened the ticket; this proves that the KDC made it
         * @param mustBeRecorded whether the attempt must be recorded: the ticket was valid, and only its use is refused
         */
        record Rejected(String why, Detail detail, Optional<Principal> client, boolean mustBeRecorded)
                implements Outcome {

            /** A rejection that must be recorded if the client is known. */
            Rejected(String why, Detail detail, Optional<Principal> client) {
                this(why, detail, client, client.isPresent());
            }

            /** A rejection whose client is unknown. */
            Rejected(String why, Detail detail) {
                this(why, detail, Optional.empty());
            }
        }
    }

    /** Accepts the token on any channel, or returns why not. */
    public Outcome accept(NegotiateToken token) {
        return accept(token, TlsChannel.UNCHECKED);
    }

    /** Accepts the token on that channel, or returns why not. */
    public Outcome accept(NegotiateToken token, TlsChannel channel) {
        Optional<Outcome> forAnotherService = Optional.empty();
        for (Keys candidate : keys) {
            Outcome outcome = accept(token, channel, candidate);
            if (isRejected(outcome, RejectedTicket.OTHER_SERVICE)) {
                // Another keytab may hold the same key under an accepted name.
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
                    ? checked(token.apReq(), channel, candidate, token.answered(reply))
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
        return isRejected(rejected, RejectedTicket.WRONG_KEY)
                ? rejected
                : opened(token.apReq(), candidate.keytab())
                        .map(ticket -> explained(rejected, ticket))
                        .orElse(rejected);
    }

    /** Names the client of a ticket that the JDK rejects, such as an expired one. */
    private Outcome.Rejected explained(Outcome.Rejected rejected, OpenedTicket ticket) {
        Detail detail = isRejected(rejected, RejectedTicket.CLOCK_SKEW)
                ? ClientClock.difference(ticket, clock.instant()).orElse(rejected.detail())
                : rejected.detail();
        return new Outcome.Rejected(rejected.why(), detail, Optional.of(ticket.client()), false);
    }

    private static Optional<OpenedTicket> opened(ApReq request, Keytab keytab) {
        try {
            return OpenedTicket.of(request, keytab.keys());
        } catch (MalformedToken | GeneralSecurityException unreadable) {
            return Optional.empty();
        }
    }

    /** If an authenticator's checksum is cut off, the JDK reads past its end instead of reporting it. */
    private static Optional<byte[]> taken(GSSContext context, byte[] token) throws GSSException {
        try {
            return Optional.ofNullable(context.acceptSecContext(token, 0, token.length));
        } catch (RuntimeException unforeseen) {
            GSSException defective = new GSSException(GSSException.DEFECTIVE_TOKEN);
            defective.initCause(unforeseen);
            throw defective;
        }
    }

    private Outcome checked(ApReq request, TlsChannel channel, Keys accepted, Optional<byte[]> reply) {
        try {
            AcceptedServices now = services();
            Principal asked = request.service();
            if (!now.accepts(asked)) {
                return new Outcome.Rejected(
                        RejectedTicket.OTHER_SERVICE,
                        new Detail("the ticket is for " + Printable.of(asked.toString())));
            }
            Optional<OpenedTicket> ticket = OpenedTicket.of(request, now.goodKeysOf(accepted.place()));
            return ticket.isPresent()
                    ? checks.outcome(ticket.get(), now, channel, reply)
                    : openedByNoGoodKey(request, accepted.keytab());
        } catch (MalformedToken | GeneralSecurityException unreadable) {
            return new Outcome.Rejected(RejectedTicket.UNREADABLE, new Detail(String.valueOf(unreadable.getMessage())));
        }
    }

    /** Returns the accepted services for the current keys of the keytabs. */
    private AcceptedServices services() {
        List<List<HeldKey>> held =
                keys.stream().map(each -> each.keytab().keys()).toList();
        AcceptedServices known = services;
        if (!known.areOf(held)) {
            known = new AcceptedServices(held, service);
            services = known;
        }
        return known;
    }

    /** The JDK also tries keys of other names, and supports more key types. */
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

    /**
     * Creates the one credential of a keytab for all requests. Creating one per request would cost more than accepting
     * the ticket.
     */
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

    /**
     * The replacement of {@code Subject.doAs} is missing before Java 18. {@code Subject.doAs} still exists in Java 25.
     */
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
            // The context held only memory.
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
