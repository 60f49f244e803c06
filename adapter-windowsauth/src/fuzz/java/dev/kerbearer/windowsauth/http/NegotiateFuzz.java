package dev.kerbearer.windowsauth.http;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Looks for an {@code Authorization} header, or a token in one, that is neither read nor refused. */
class NegotiateFuzz {

    @FuzzTest
    void everythingHolds(byte[] input) {
        AnyNegotiateHeader.check(input);
    }
}
