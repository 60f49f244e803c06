package dev.kerbearer.rest.edge.members;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Looks for a body that is neither read correctly nor refused. */
class RequestMembersFuzz {

    @FuzzTest
    void everythingHolds(byte[] input) {
        AnyRequestBody.check(input);
    }
}
