package dev.kerbearer.windowsauth.channel;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSession;

/** Knows of each connection which channel sign-ins on it are to be bound to; Windows calls it extended protection. */
public final class ChannelProtection {

    /** How strictly. */
    public enum Rule {
        /** Nothing is checked. */
        OFF,
        /** Who says which channel he is on is held to it, and who says that he would is too. */
        WHEN_PRESENT,
        /** Everybody must say it. */
        REQUIRED
    }

    /** More than a node ever has; what is forgotten is computed again. */
    private static final int MOST = 64;

    private final Rule rule;
    private final Optional<ProxyCertificates> proxy;
    private final boolean plainIsPlain;
    private final Cache<X509Certificate, ServerEndPoint> known =
            Caffeine.newBuilder().maximumSize(MOST).build();

    /**
     * @param rule how strictly
     * @param proxy the certificates that clients see where a proxy ends TLS
     * @param plainIsPlain whether a connection here without TLS is one without TLS at the client, too: TLS ends here if
     *     anywhere
     */
    public ChannelProtection(Rule rule, Optional<ProxyCertificates> proxy, boolean plainIsPlain) {
        this.rule = rule;
        this.plainIsPlain = plainIsPlain;
        this.proxy = proxy;
    }

    /**
     * The channel of a connection: that of the certificate that this service has shown on it, or that of the proxy's. Both
     * are good where there are both, because behind neither is anybody else.
     *
     * @param tls absent where it is plain HTTP
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
