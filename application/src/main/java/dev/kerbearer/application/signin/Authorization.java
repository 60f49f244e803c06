package dev.kerbearer.application.signin;

import dev.kerbearer.domain.grant.IssuedGrant;
import java.util.Optional;

/**
 * What an authorize call came to.
 *
 * @param issued the grant, recorded, with its tokens
 * @param state as the request had it
 */
public record Authorization(IssuedGrant issued, Optional<String> state) {}
