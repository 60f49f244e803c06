package dev.kerbearer.rest.edge.members;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Looks for an {@code Authorization} header from which a wrong token is read. */
class BearerTokenFuzz {

    @FuzzTest
    void everythingHolds(byte[] input) {
        AnyBearerHeader.check(input);
    }
}
