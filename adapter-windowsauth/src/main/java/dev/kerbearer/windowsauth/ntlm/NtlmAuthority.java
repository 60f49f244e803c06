package dev.kerbearer.windowsauth.ntlm;

import dev.kerbearer.domain.guessing.ClientAddress;
import dev.kerbearer.domain.identity.Account;
import dev.kerbearer.domain.refusal.Detail;
import dev.kerbearer.windowsauth.ntlm.message.TargetInformation;
import java.util.Set;

/** Checks passwords. An unknown user looks like a wrong password, in text and in timing. */
public interface NtlmAuthority {

    /** The result of a check. */
    sealed interface Verdict {

        /**
         * The proof is right.
         *
         * @param account the account of the user
         * @param sessionBaseKey the key shared with the client; 16 bytes
         */
        @SuppressWarnings("ArrayRecordComponent") // Verdicts are not compared.
        record Right(Account account, byte[] sessionBaseKey) implements Verdict {

            /** Hides the key. */
            @Override
            public String toString() {
                return "Right[" + account + "]";
            }
        }

        /**
         * The proof is right, but the account is blocked. There is no session key then, so nothing more can be checked.
         *
         * @param account the blocked account
         */
        record Blocked(Account.Blocked account) implements Verdict {}

        /**
         * The proof is wrong.
         *
         * @param detail for the log
         */
        record Wrong(Detail detail) implements Verdict {}
    }

    /**
     * Returns the server names that each challenge carries.
     *
     * @throws dev.kerbearer.domain.port.Unavailable if the names cannot be looked up now
     */
    TargetInformation target();

    /** Returns the host names of this machine that the authority knows, in lower case. */
    default Set<String> namesOfThisMachine() {
        return Set.of();
    }

    /**
     * Checks a proof. May block.
     *
     * @throws dev.kerbearer.domain.port.Unavailable if the authority cannot be asked
     */
    Verdict check(NtlmProof proof);

    /**
     * Records that a user with a right proof has signed in.
     *
     * @param user the user name that the client sent
     * @param from the address of the client
     * @throws dev.kerbearer.domain.port.Unavailable if the sign-in cannot be recorded
     */
    default void signedIn(String user, ClientAddress from) {}
}
