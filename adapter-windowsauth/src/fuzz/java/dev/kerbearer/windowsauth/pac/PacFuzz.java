package dev.kerbearer.windowsauth.pac;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Looks for bytes in place of a PAC that are neither read nor refused. */
class PacFuzz {

    @FuzzTest
    void everythingHolds(byte[] input) {
        AnyPac.check(input);
    }
}
