package dev.kerbearer.domain.grant;

import java.util.List;

/** The result of presenting a refresh token for a new pair. */
public sealed interface Rotation {

    /**
     * The token was live, and is now replaced.
     *
     * @param grant the current grant
     */
    record Rotated(Grant grant) implements Rotation {}

    /**
     * The token was replaced within the reuse leeway: the client gets the live pair again, and nothing changes.
     *
     * @param grant the current grant
     * @param links the links from the presented token to the live pair, at least one
     */
    record Repeated(Grant grant, List<Link> links) implements Rotation {

        /** Copies {@code links}. */
        public Repeated {
            links = List.copyOf(links);
        }
    }

    /** The token was replaced within the leeway, but the live pair is too many links away, or a link is missing. */
    record Unrepeatable() implements Rotation {}

    /** The token was replaced longer ago than the leeway, a sign of theft (RFC 9700 section 4.14.2). */
    record Reused() implements Rotation {}

    /** The integration or the identity has changed since it was read; nothing is replaced. */
    record Changed() implements Rotation {}

    /** The token is not a refresh token of a live grant. */
    record Unknown() implements Rotation {}
}
