package dev.kerbearer.rest.edge.members;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Looks for an {@code Authorization} header in which a token is seen wrongly. */
class BearerTokenFuzz {

    @FuzzTest
    void everythingHolds(byte[] input) {
        AnyBearerHeader.check(input);
    }
}
