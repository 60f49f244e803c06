package dev.kerbearer.domain.signin;

import dev.kerbearer.domain.audit.Origin;
import dev.kerbearer.domain.identity.Caller;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A completed sign-in of a recognised caller, by any method. The rest of the service sees nothing else of the sign-in.
 * It is valid for the one request that completed it.
 *
 * @param caller the user who signed in, possibly as this node remembers them
 * @param lookup looks up the caller in the directory
 * @param digest the digest that detects a replay of the sign-in
 * @param origin the origin of the sign-in
 * @param reply the whole value of {@code WWW-Authenticate}, with which the client authenticates the service (mutual
 *     authentication, RFC 4559 section 5)
 */
public record SignIn(
        Caller caller, Supplier<Caller> lookup, SignInDigest digest, Origin origin, Optional<String> reply) {

    /**
     * Returns the caller as they are known now. Only an identity with a version can have been remembered, so no other
     * is looked up again.
     *
     * @throws dev.kerbearer.domain.refusal.RefusedException {@code access_denied} if the caller may no longer sign in
     * @throws dev.kerbearer.domain.port.Unavailable if the directory cannot be asked
     */
    public Caller callerNow() {
        return caller.version().isPresent() ? lookup.get() : caller;
    }
}
