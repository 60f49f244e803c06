package dev.kerbearer.windowsauth.ntlm;

import dev.kerbearer.windowsauth.ntlm.message.TargetInformation;

import dev.kerbearer.domain.guessing.ClientAddress;
import dev.kerbearer.domain.identity.Account;
import dev.kerbearer.domain.refusal.Detail;
import java.util.Set;

/** Knows whose password is right. Does not tell an unknown user from a wrong password, neither in words nor in time. */
public interface NtlmAuthority {

    /** What it finds. */
    sealed interface Verdict {

        /**
         * The proof is right.
         *
         * @param account whose it is
         * @param sessionBaseKey what he has, too; 16 bytes
         */
        @SuppressWarnings("ArrayRecordComponent") // Verdicts are not compared.
        record Right(Account account, byte[] sessionBaseKey) implements Verdict {

            /** Shows no key. */
            @Override
            public String toString() {
                return "Right[" + account + "]";
            }
        }

        /**
         * The proof is right, and its account is closed. There is no session key then, so nothing more can be checked.
         *
         * @param account whose it is
         */
        record Blocked(Account.Blocked account) implements Verdict {}

        /**
         * It is not.
         *
         * @param detail for the log
         */
        record Wrong(Detail detail) implements Verdict {}
    }

    /**
     * Who it says it is, in each challenge.
     *
     * @throws dev.kerbearer.domain.port.Unavailable where it cannot say now
     */
    TargetInformation target();

    /** The host names that it knows this machine by, in small letters. */
    default Set<String> namesOfThisMachine() {
        return Set.of();
    }

    /**
     * Checks a proof. May wait.
     *
     * @throws dev.kerbearer.domain.port.Unavailable where it cannot be asked
     */
    Verdict check(NtlmProof proof);

    /**
     * Hears that a user whose proof it found right has signed in with it.
     *
     * @param user as he calls himself
     * @param from where he is
     * @throws dev.kerbearer.domain.port.Unavailable where it should remember that and cannot
     */
    default void signedIn(String user, ClientAddress from) {}
}
