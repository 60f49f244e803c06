package dev.kerbearer.windowsauth;

import dev.kerbearer.application.RecogniseCaller;
import io.quarkus.security.spi.runtime.BlockingSecurityExecutor;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Makes the HTTP authentication mechanism for Windows sign-in. */
public final class WindowsSignIn {

    private WindowsSignIn() {}

    /**
     * Negotiate with Kerberos.
     *
     * @param keytabs whose keys open tickets; read again whenever they change
     * @param service the only service principal whose tickets are good; absent: any {@code HTTP/} principal of the
     *     keytabs
     * @param recogniseCaller tells whose a principal is
     * @param workers threads that may wait
     */
    public static HttpAuthenticationMechanism negotiate(
            List<Path> keytabs,
            Optional<String> service,
            RecogniseCaller recogniseCaller,
            BlockingSecurityExecutor workers) {
        return new NegotiateMechanism(new KerberosAcceptor(keytabs, service), recogniseCaller, workers);
    }
}
