package dev.kerbearer.windowsauth.ntlm;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Looks for an NTLM message that is neither read nor refused, and for an answer that is accepted and is not right. */
class NtlmFuzz {

    @FuzzTest
    void everythingHolds(byte[] input) {
        AnyNtlmMessages.check(input);
    }
}
