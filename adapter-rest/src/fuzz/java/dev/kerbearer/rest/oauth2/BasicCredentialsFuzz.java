package dev.kerbearer.rest.oauth2;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Looks for an {@code Authorization} header in which a client's id and secret are seen wrongly. */
class BasicCredentialsFuzz {

    @FuzzTest
    void everythingHolds(byte[] input) {
        AnyBasicHeader.check(input);
    }
}
