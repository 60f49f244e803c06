package dev.kerbearer.domain.refusal;

/**
 * What the caller may be told beside the description, so that he can mend his request. Never says whether a user, a
 * client or a token exists.
 *
 * @param text a clause in plain words, without a full stop
 */
public record Hint(String text) {}
