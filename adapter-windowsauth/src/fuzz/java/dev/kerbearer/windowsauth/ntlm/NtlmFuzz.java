package dev.kerbearer.windowsauth.ntlm;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Looks for an NTLM message that is neither read nor refused, and for a wrong answer that is accepted. */
class NtlmFuzz {

    @FuzzTest
    void everythingHolds(byte[] input) {
        AnyNtlmMessages.check(input);
    }
}
