package dev.kerbearer.domain.refusal;

/**
 * What only the log may be told of a refusal. Never a token, a password or a ticket.
 *
 * @param text a clause in plain words
 */
public record Detail(String text) {}
