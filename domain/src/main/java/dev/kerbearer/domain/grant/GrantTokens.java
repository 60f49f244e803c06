package dev.kerbearer.domain.grant;

import dev.kerbearer.domain.grant.PresentedRefreshToken.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The tokens of one grant through its life, as a state machine (docs/token-life.md draws it). It does with values what
 * PostgreSQL does with rows; both follow the same contract.
 *
 * @param grant the current grant
 * @param access the live access token
 * @param refresh the live refresh token, if the grant is renewable
 * @param former the access token that was replaced last
 * @param replaced every refresh token before the live one, oldest first
 * @param ended whether the grant was ended early
 */
public record GrantTokens(
        Grant grant,
        TokenDigest access,
        Optional<TokenDigest> refresh,
        Optional<FormerAccess> former,
        List<ReplacedRefresh> replaced,
        boolean ended) {

    /**
     * An access token that was just replaced.
     *
     * @param token the digest of the token
     * @param grant the grant as it was while the token was live
     * @param goodUntil until when requests in flight may use it; never past its own expiry
     */
    public record FormerAccess(TokenDigest token, Grant grant, Instant goodUntil) {}

    /**
     * A refresh token that was replaced.
     *
     * @param token the digest of the token, stored as long as the grant
     * @param repeatableUntil the end of the reuse leeway
     * @param link how its successor was derived; absent once the leeway is over
     */
    public record ReplacedRefresh(TokenDigest token, Instant repeatableUntil, Optional<Link> link) {}

    /**
     * The result of a rotation.
     *
     * @param outcome the answer
     * @param after the tokens after the rotation
     */
    public record Step(Rotation outcome, GrantTokens after) {}

    /** Copies {@code replaced}. */
    public GrantTokens {
        replaced = List.copyOf(replaced);
    }

    /** Returns the tokens of a new grant. */
    public static GrantTokens of(IssuedGrant issued) {
        return new GrantTokens(
                issued.grant(),
                issued.tokens().accessDigest(),
                issued.tokens().refresh().map(TokenSecret::digest),
                Optional.empty(),
                List.of(),
                false);
    }

    /**
     * Returns the grant of an access token that is live, or was just replaced and is still accepted. It does not check
     * the expiry of the live token.
     */
    public Optional<Grant> ofAccessToken(TokenDigest token, Instant now) {
        if (ended) {
            return Optional.empty();
        }
        return access.equals(token)
                ? Optional.of(grant)
                : former.filter(before -> before.token().equals(token) && now.isBefore(before.goodUntil()))
                        .map(FormerAccess::grant);
    }

    /** Returns the state of a refresh token at the given time; empty if the token is unknown. */
    public Optional<State> stateOf(TokenDigest token, Instant now) {
        Optional<State> state = refresh.filter(token::equals)
                .map(live -> State.LIVE)
                .or(() -> indexOf(token).map(index -> stateOf(replaced.get(index), now)));
        return state.map(known -> ended ? State.ENDED : known);
    }

    private static State stateOf(ReplacedRefresh token, Instant now) {
        return now.isBefore(token.repeatableUntil()) ? State.REPEATABLE : State.REUSED;
    }

    /** Replaces the presented refresh token by its successor, or returns why it cannot. */
    public Step rotate(TokenDigest presented, Grant next, Successor successor, Duration leeway, Instant now) {
        Optional<State> state = stateOf(presented, now);
        if (state.isEmpty() || grant.isOverAt(next.accessIssuedAt())) {
            return new Step(new Rotation.Unknown(), this);
        }
        return switch (state.get()) {
            case LIVE -> new Step(new Rotation.Rotated(next), replacedBy(next, successor, leeway, now));
            case REPEATABLE -> new Step(repeated(indexOf(presented).orElseThrow(), now), this);
            case REUSED -> new Step(new Rotation.Reused(), this);
            case ENDED -> new Step(new Rotation.Unknown(), this);
        };
    }

    private GrantTokens replacedBy(Grant next, Successor successor, Duration leeway, Instant now) {
        Instant leewayEnd = now.plus(leeway);
        List<ReplacedRefresh> longer = new ArrayList<>(replaced);
        longer.add(new ReplacedRefresh(
                refresh.orElseThrow(), leewayEnd, leeway.isZero() ? Optional.empty() : Optional.of(successor.link())));
        Instant formerEnd = leewayEnd.isBefore(grant.accessExpires()) ? leewayEnd : grant.accessExpires();
        return new GrantTokens(
                next,
                successor.tokens().accessDigest(),
                successor.tokens().refresh().map(TokenSecret::digest),
                Optional.of(new FormerAccess(access, grant, formerEnd)),
                longer,
                false);
    }

    private Rotation repeated(int index, Instant now) {
        List<ReplacedRefresh> way = replaced.subList(index, replaced.size());
        boolean whole = way.stream().allMatch(step -> step.link().isPresent() && now.isBefore(step.repeatableUntil()));
        return whole && way.size() <= Successor.MOST_LINKS
                ? new Rotation.Repeated(
                        grant,
                        way.stream().map(step -> step.link().orElseThrow()).toList())
                : new Rotation.Unrepeatable();
    }

    private Optional<Integer> indexOf(TokenDigest token) {
        for (int i = 0; i < replaced.size(); i++) {
            if (replaced.get(i).token().equals(token)) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    /** Returns the tokens after the grant has ended: none of them is valid any more. */
    public GrantTokens end() {
        return new GrantTokens(grant, access, refresh, former, replaced, true);
    }

    /** Returns the tokens without the links whose leeway is over. */
    public GrantTokens withoutOldLinks(Instant now) {
        List<ReplacedRefresh> kept = replaced.stream()
                .map(token -> now.isBefore(token.repeatableUntil())
                        ? token
                        : new ReplacedRefresh(token.token(), token.repeatableUntil(), Optional.empty()))
                .toList();
        return new GrantTokens(grant, access, refresh, former, kept, ended);
    }
}
