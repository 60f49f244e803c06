package dev.kerbearer.domain.grant;

/** Why the holder's act ends a grant. */
public enum Ending {
    /** The holder revokes the grant. */
    REVOKED,
    /** The holder asks for new tokens, but may no longer sign in. */
    SIGN_IN_REFUSED
}
