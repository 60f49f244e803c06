package dev.kerbearer.domain.grant;

import java.util.List;

/** What came of presenting a refresh token for a new pair. */
public sealed interface Rotation {

    /**
     * It was the live one, and is replaced.
     *
     * @param grant as it is now
     */
    record Rotated(Grant grant) implements Rotation {}

    /**
     * It was replaced within the reuse leeway: the pair that is live now is answered again, and nothing changes.
     *
     * @param grant as it is now
     * @param links from the presented token to the live pair, at least one
     */
    record Repeated(Grant grant, List<Link> links) implements Rotation {

        /** Copies {@code links}. */
        public Repeated {
            links = List.copyOf(links);
        }
    }

    /** It was replaced within the leeway, but the live pair is too many links away, or a link is gone. */
    record Unrepeatable() implements Rotation {}

    /** It was replaced longer ago than the leeway, a sign of theft (RFC 9700 section 4.14.2). */
    record Reused() implements Rotation {}

    /** It is no refresh token of a grant that lives. */
    record Unknown() implements Rotation {}
}
