package dev.kerbearer.domain.scope;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Looks for a text for which the rules of a scope do not hold. */
class ScopeFuzz {

    @FuzzTest
    void everythingHolds(byte[] input) {
        AnyScopeText.check(input);
    }
}
