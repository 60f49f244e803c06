package dev.kerbearer.domain.signin;

import dev.kerbearer.domain.audit.Origin;
import dev.kerbearer.domain.identity.Caller;
import java.util.Optional;

/**
 * A completed Windows sign-in of a caller that is recognised: all that the rest of the service learns of it. Good for
 * the one request that completed it.
 *
 * @param caller who signed in
 * @param digest by which the sign-in is known again
 * @param origin where it came from
 * @param reply what goes back to the client so that it knows the service too (mutual authentication, RFC 4559 section
 *     5): the whole value of {@code WWW-Authenticate}
 */
public record SignIn(Caller caller, SignInDigest digest, Origin origin, Optional<String> reply) {}
