package dev.kerbearer.windowsauth.ntlm;

import dev.kerbearer.windowsauth.ntlm.message.AuthenticateMessage;
import dev.kerbearer.windowsauth.ntlm.message.ChallengeMessage;
import dev.kerbearer.windowsauth.ntlm.message.Flags;
import dev.kerbearer.windowsauth.ntlm.message.MalformedMessage;
import dev.kerbearer.windowsauth.ntlm.message.MessageReader;
import dev.kerbearer.windowsauth.ntlm.message.NegotiateMessage;
import dev.kerbearer.windowsauth.ntlm.message.SessionKey;
import dev.kerbearer.windowsauth.ntlm.message.TargetInformation;

import dev.kerbearer.domain.guessing.ClientAddress;
import dev.kerbearer.domain.identity.Account;
import dev.kerbearer.domain.secret.SecretSource;
import dev.kerbearer.domain.refusal.Detail;
import dev.kerbearer.domain.signin.SignInDigest;
import dev.kerbearer.windowsauth.ntlm.NtlmAuthority.Verdict;
import dev.kerbearer.windowsauth.text.Printable;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;

/** Gives challenges, and takes the answers to them. */
public final class NtlmAcceptor {

    /** Whatever is wrong with an answer: an unknown user is not to be told from a wrong password. */
    static final String WRONG = "the user name or password is not right";

    /** An answer that was made for another service was passed on by it, or the client knows this one by another name. */
    static final String MADE_FOR_ANOTHER = "the sign-in was made for another service (target name)";

    private static final int CHALLENGE = 8;

    private final NtlmAuthority authority;
    private final ServiceNames names;
    private final SecretSource random;
    private final InstantSource clock;

    /**
     * @param authority knows whose password is right
     * @param names what clients call this service
     * @param random where challenges come from
     * @param clock tells the client the time
     */
    public NtlmAcceptor(NtlmAuthority authority, ServiceNames names, SecretSource random, InstantSource clock) {
        this.authority = authority;
        this.names = names;
        this.random = random;
        this.clock = clock;
    }

    /** What came of an answer. */
    public sealed interface Outcome {

        /**
         * The answer is right.
         *
         * @param account whose password it was
         * @param user as the client calls him
         * @param digest by which the sign-in is known again
         * @param sessionKey what the client has, too
         * @param binding the channel that the client says he is on (RFC 4121 section 4.1.1.2): all zero where he knows of
         *     bindings but is on none, empty where he does not say
         */
        record Accepted(
                Account account, String user, SignInDigest digest, SessionKey sessionKey, Optional<byte[]> binding)
                implements Outcome {}

        /**
         * The password is right, and its account is closed.
         *
         * @param account whose it is
         * @param digest by which the sign-in is known again
         * @param binding the channel, as above
         */
        record Blocked(Account.Blocked account, SignInDigest digest, Optional<byte[]> binding) implements Outcome {}

        /**
         * It is not.
         *
         * @param why for the caller
         * @param detail for the log
         */
        record Rejected(String why, Detail detail) implements Outcome {}
    }

    /** What kind of NTLM message it looks like: 1, 2, 3 or something else; 0 where it is none. */
    public static int typeOf(byte[] message) {
        return MessageReader.typeOf(message);
    }

    /**
     * Answers a client's first message with a challenge.
     *
     * @throws MalformedMessage where it is none
     * @throws dev.kerbearer.domain.port.Unavailable where the authority cannot be asked
     */
    public NtlmHandshake begin(byte[] message) throws MalformedMessage {
        NegotiateMessage negotiate = NegotiateMessage.read(message);
        byte[] challenge = new byte[CHALLENGE];
        random.fill(challenge);
        return new NtlmHandshake(
                negotiate,
                new ChallengeMessage(
                        Flags.answerTo(negotiate.flags()),
                        challenge,
                        authority.target().at(clock.instant())));
    }

    /**
     * Takes a client's second message. May wait.
     *
     * @param ends of the connection
     * @throws MalformedMessage where it is none, or not of version 2
     * @throws dev.kerbearer.domain.port.Unavailable where the authority cannot be asked
     */
    public Outcome complete(NtlmHandshake handshake, byte[] message, Endpoints endpoints) throws MalformedMessage {
        AuthenticateMessage authenticate =
                AuthenticateMessage.read(message, handshake.challenge().flags());
        TargetInformation said = authenticate.response().target();
        theTimeIsTheOneThatWasTold(handshake, said);
        if (said.announcesMic() && !authenticate.mayHoldMic()) {
            throw new MalformedMessage("the integrity code that it announces is missing");
        }
        NtlmProof proof = new NtlmProof(
                authenticate.domain(),
                authenticate.user(),
                handshake.challenge().serverChallenge(),
                authenticate.response(),
                endpoints.client());
        Optional<String> another = said.targetName().filter(name -> !isOurs(name, endpoints));
        if (another.isPresent()) {
            return madeFor(another.get(), proof);
        }
        Verdict verdict = authority.check(proof);
        if (verdict instanceof Verdict.Blocked barred) {
            return new Outcome.Blocked(
                    barred.account(), digest(handshake, authenticate), said.get(TargetInformation.CHANNEL_BINDINGS));
        }
        return verdict instanceof Verdict.Wrong wrong
                ? new Outcome.Rejected(WRONG, wrong.detail())
                : accepted(handshake, authenticate, (Verdict.Right) verdict);
    }

    private boolean isOurs(String name, Endpoints endpoints) {
        return names.include(TargetName.of(name), endpoints, authority.namesOfThisMachine());
    }

    private static Outcome.Rejected madeFor(String name, NtlmProof proof) {
        return new Outcome.Rejected(
                MADE_FOR_ANOTHER,
                new Detail("the client calling itself " + proof + " answered for " + Printable.of(name)
                        + ", which is no name of this service: somebody passes its sign-in on; or, where clients call this"
                        + " service by that name, add its host to kerbearer.ntlm.target-names"));
    }

    /**
     * Hears that whose answer was accepted is signed in: nothing more is left to check.
     *
     * @param from where he is
     * @throws dev.kerbearer.domain.port.Unavailable where that cannot be remembered
     */
    public void signedIn(Outcome.Accepted accepted, ClientAddress from) {
        authority.signedIn(accepted.user(), from);
    }

    private static SignInDigest digest(NtlmHandshake handshake, AuthenticateMessage authenticate) {
        return SignInDigest.ofNtlm(
                handshake.challenge().serverChallenge(), authenticate.response().proof());
    }

    /**
     * Somebody on the way who takes the time out of the challenge would have the client send no integrity code ([MS-NLMP]
     * section 3.1.5.1.2); but the client repeats what he was told, under his proof.
     */
    private static void theTimeIsTheOneThatWasTold(NtlmHandshake handshake, TargetInformation said)
            throws MalformedMessage {
        byte[] told =
                handshake.challenge().target().get(TargetInformation.TIMESTAMP).orElseThrow();
        if (said.get(TargetInformation.TIMESTAMP)
                .filter(time -> Arrays.equals(time, told))
                .isEmpty()) {
            throw new MalformedMessage("it answers another challenge");
        }
    }

    private static Outcome accepted(NtlmHandshake handshake, AuthenticateMessage authenticate, Verdict.Right right) {
        SessionKey sessionKey = SessionKey.of(right.sessionBaseKey(), authenticate);
        TargetInformation said = authenticate.response().target();
        if (said.announcesMic() && !micIsRight(handshake, authenticate, sessionKey)) {
            return new Outcome.Rejected(
                    "the messages were changed on the way",
                    new Detail("the integrity code of the NTLM messages is not right, for " + right.account()));
        }
        return new Outcome.Accepted(
                right.account(),
                authenticate.user(),
                digest(handshake, authenticate),
                sessionKey,
                said.get(TargetInformation.CHANNEL_BINDINGS));
    }

    private static boolean micIsRight(
            NtlmHandshake handshake, AuthenticateMessage authenticate, SessionKey sessionKey) {
        byte[] expected = sessionKey.mic(
                handshake.negotiate().bytes(), handshake.challengeBytes(), authenticate.bytesWithoutMic());
        return MessageDigest.isEqual(expected, authenticate.mic());
    }
}
