package dev.kerbearer.rest.oauth2;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Looks for an {@code Authorization} header from which a wrong client id or secret is read. */
class BasicCredentialsFuzz {

    @FuzzTest
    void everythingHolds(byte[] input) {
        AnyBasicHeader.check(input);
    }
}
