package dev.kerbearer.domain.refusal;

/**
 * The hint that helps the caller correct the request, beside the description. It never reveals whether a user, a client
 * or a token exists.
 *
 * @param text a clause in plain words, without a full stop
 */
public record Hint(String text) {}
