package dev.kerbearer.bootstrap.wiring;

import dev.kerbearer.bootstrap.config.KerbearerConfig;
import dev.kerbearer.bootstrap.config.Ports;
import dev.kerbearer.domain.key.ServerKeys;
import dev.kerbearer.domain.key.SigningKeyRing;
import dev.kerbearer.domain.port.RefreshTally;
import dev.kerbearer.domain.port.SigningKeys;
import dev.kerbearer.domain.port.TokenCodec;
import dev.kerbearer.rest.edge.Admission;
import dev.kerbearer.rest.edge.Transport;
import dev.kerbearer.rest.edge.face.Faces;
import dev.kerbearer.rest.edge.outcome.Outcomes;
import dev.kerbearer.rest.edge.queue.QueueMetrics;
import dev.kerbearer.rest.oauth2.Oauth2Face;
import dev.kerbearer.rest.token.HeldSigningKeys;
import dev.kerbearer.rest.token.Issuer;
import dev.kerbearer.rest.token.PublishedKeys;
import dev.kerbearer.rest.token.RefreshMetrics;
import dev.kerbearer.rest.token.SmallRyeTokenCodec;
import dev.kerbearer.rest.vedauth.VedauthFace;
import dev.kerbearer.windowsauth.http.WindowsSignIn;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Predicate;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** Provides what the REST adapter needs to know of its surroundings. */
@Singleton
public final class RestWiring {

    /** Enough to keep a core busy while PostgreSQL writes. More calls would only slow each other down. */
    private static final int CALLS_A_CORE = 4;

    @Produces
    @Singleton
    public Faces faces() {
        return new Faces(List.of(VedauthFace.face(), Oauth2Face.face()));
    }

    @Produces
    @Singleton
    public Admission admission(Faces faces, KerbearerConfig config, MeterRegistry registry) {
        Predicate<String> isNtlm = config.ntlm().enabled() ? WindowsSignIn::isNtlm : authorization -> false;
        return new Admission(
                faces,
                config.callsAtOnce().orElse(CALLS_A_CORE * Runtime.getRuntime().availableProcessors()),
                isNtlm,
                new QueueMetrics(registry));
    }

    @Produces
    @Singleton
    Outcomes outcomes(KerbearerConfig config, MeterRegistry registry) {
        return new Outcomes(registry, config.log().signIns());
    }

    @Produces
    @Singleton
    Transport transport(KerbearerConfig config) {
        return new Transport(config.insecureHttp());
    }

    /**
     * Created when the application starts, so that a wrong configured address stops the start. If a port is configured
     * as 0, Quarkus sets the key to the real port when it listens.
     */
    @Produces
    @Singleton
    @Startup
    public Issuer issuer(KerbearerConfig config) {
        Config all = ConfigProvider.getConfig();
        Ports ports = Ports.of(all);
        try {
            return config.publicUrl().map(Issuer::at).orElseGet(() -> new Issuer(() -> ports.localUrl(all)));
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("kerbearer.public-url: " + wrong.getMessage(), wrong);
        }
    }

    @Produces
    @Singleton
    HeldSigningKeys heldSigningKeys(SigningKeys signingKeys, ServerKeys serverKeys, InstantSource clock) {
        return new HeldSigningKeys(() -> SigningKeyRing.open(signingKeys.all(), serverKeys), clock);
    }

    /** Clients may cache the published keys for a part of the time that a new key is published before it signs. */
    @Produces
    @Singleton
    PublishedKeys publishedKeys(KerbearerConfig config, HeldSigningKeys keys) {
        return new PublishedKeys(keys, config.tokens().signing().overlap().dividedBy(4));
    }

    @Produces
    @Singleton
    TokenCodec tokenCodec(Issuer issuer, HeldSigningKeys keys) {
        return new SmallRyeTokenCodec(issuer, keys);
    }

    @Produces
    @Singleton
    RefreshTally refreshTally(MeterRegistry registry) {
        return new RefreshMetrics(registry);
    }
}
