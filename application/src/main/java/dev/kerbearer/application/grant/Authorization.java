package dev.kerbearer.application.grant;

import dev.kerbearer.domain.grant.IssuedGrant;
import java.util.Optional;

/**
 * The result of an authorize call.
 *
 * @param issued the recorded grant with its tokens
 * @param state the {@code state} of the request
 */
public record Authorization(IssuedGrant issued, Optional<String> state) {}
