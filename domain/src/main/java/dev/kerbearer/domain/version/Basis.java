package dev.kerbearer.domain.version;

import java.util.Optional;

/**
 * The versions of the rules by which a grant was decided. If one of them is no longer current, the decision must be made
 * again.
 *
 * @param integration the version of the integration with its access rules
 * @param identity the version of the identity with its principals and groups; absent if another directory keeps it
 */
public record Basis(Version integration, Optional<Version> identity) {}
