package dev.kerbearer.windowsauth.ntlm;

import dev.kerbearer.domain.guessing.ClientAddress;
import java.util.Optional;

/**
 * The two ends of the connection that carries a message.
 *
 * @param client the address of the client
 * @param here the numerical address at which the client reached this service; absent if it is not known
 */
public record Endpoints(ClientAddress client, Optional<String> here) {}
