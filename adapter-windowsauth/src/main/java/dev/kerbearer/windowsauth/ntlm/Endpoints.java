package dev.kerbearer.windowsauth.ntlm;

import dev.kerbearer.domain.guessing.ClientAddress;
import java.util.Optional;

/**
 * The two ends of the connection that a message comes on.
 *
 * @param client where the client is
 * @param here the numerical address that the client has reached this service at; absent where that is not known
 */
public record Endpoints(ClientAddress client, Optional<String> here) {}
