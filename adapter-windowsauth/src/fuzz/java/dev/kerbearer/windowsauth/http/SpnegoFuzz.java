package dev.kerbearer.windowsauth.http;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Looks for a token of SPNEGO, or a row of them, that is neither read nor refused. */
class SpnegoFuzz {

    @FuzzTest
    void everythingHolds(byte[] input) {
        AnySpnegoTokens.check(input);
    }
}
