package dev.kerbearer.domain.refusal;

/**
 * The part of a refusal that only the log shows. It never contains a token, a password or a ticket.
 *
 * @param text a clause in plain words
 */
public record Detail(String text) {}
