package dev.kerbearer.windowsauth.http;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Looks for an SPNEGO token, or a sequence of them, that is neither read nor refused. */
class SpnegoFuzz {

    @FuzzTest
    void everythingHolds(byte[] input) {
        AnySpnegoTokens.check(input);
    }
}
