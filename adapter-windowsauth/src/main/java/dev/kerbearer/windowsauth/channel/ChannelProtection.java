package dev.kerbearer.windowsauth.channel;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSession;

/** Determines the channel that sign-ins on a connection must be bound to. Windows calls this extended protection. */
public final class ChannelProtection {

    /** How strictly bindings are checked. */
    public enum Rule {
        /** Bindings are not checked. */
        OFF,
        /** A stated binding must match. A client that states that it supports bindings must send one. */
        WHEN_PRESENT,
        /** Every client must send a binding. */
        REQUIRED
    }

    /** The size of the cache: more certificates than a node ever has. */
    private static final int MOST = 64;

    private final Rule rule;
    private final Optional<ProxyCertificates> proxy;
    private final boolean plainIsPlain;
    private final Cache<X509Certificate, ServerEndPoint> known =
            Caffeine.newBuilder().maximumSize(MOST).build();

    /**
     * @param rule how strictly bindings are checked
     * @param proxy the certificates that clients see if a proxy terminates TLS
     * @param plainIsPlain whether a connection without TLS here is also without TLS at the client, because no proxy
     *     terminates TLS
     */
    public ChannelProtection(Rule rule, Optional<ProxyCertificates> proxy, boolean plainIsPlain) {
        this.rule = rule;
        this.plainIsPlain = plainIsPlain;
        this.proxy = proxy;
    }

    /**
     * Returns the channel of a connection. The client must have seen the certificate that this service showed on it, or
     * one of the proxy's. If both exist, both are accepted, because both belong to this service.
     *
     * @param tls absent for plain HTTP
     */
    public TlsChannel of(Optional<SSLSession> tls) {
        if (rule == Rule.OFF || (rule == Rule.WHEN_PRESENT && tls.isEmpty() && proxy.isEmpty())) {
            return rule != Rule.OFF && plainIsPlain ? TlsChannel.NONE : TlsChannel.UNCHECKED;
        }
        List<ServerEndPoint> ends = new ArrayList<>();
        tls.flatMap(ChannelProtection::certificateOf)
                .map(certificate -> known.get(certificate, ServerEndPoint::of))
                .ifPresent(ends::add);
        proxy.map(ProxyCertificates::ends).ifPresent(ends::addAll);
        return TlsChannel.of(rule == Rule.REQUIRED, List.copyOf(ends));
    }

    private static Optional<X509Certificate> certificateOf(SSLSession tls) {
        Certificate[] chain = tls.getLocalCertificates();
        return chain != null && chain.length > 0 && chain[0] instanceof X509Certificate certificate
                ? Optional.of(certificate)
                : Optional.empty();
    }
}
