package dev.kerbearer.windowsauth.ntlm;

import dev.kerbearer.domain.guessing.ClientAddress;
import dev.kerbearer.domain.identity.Account;
import dev.kerbearer.domain.port.Unavailable;
import dev.kerbearer.domain.refusal.Detail;
import dev.kerbearer.domain.refusal.Parties;
import dev.kerbearer.domain.refusal.Refusal;
import dev.kerbearer.domain.secret.SecretSource;
import dev.kerbearer.domain.signin.SignInDigest;
import dev.kerbearer.windowsauth.ntlm.NtlmAuthority.Verdict;
import dev.kerbearer.windowsauth.ntlm.message.AuthenticateMessage;
import dev.kerbearer.windowsauth.ntlm.message.ChallengeMessage;
import dev.kerbearer.windowsauth.ntlm.message.Flags;
import dev.kerbearer.windowsauth.ntlm.message.MalformedMessage;
import dev.kerbearer.windowsauth.ntlm.message.MessageReader;
import dev.kerbearer.windowsauth.ntlm.message.NegotiateMessage;
import dev.kerbearer.windowsauth.ntlm.message.SessionKey;
import dev.kerbearer.windowsauth.ntlm.message.TargetInformation;
import dev.kerbearer.windowsauth.text.Printable;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;

/** Issues challenges and checks the answers to them. */
public final class NtlmAcceptor {

    /** The same text for every wrong answer, so that an unknown user looks like a wrong password. */
    static final String WRONG = "the user name or password is not right";

    /** Either another service relayed the answer, or the client knows this service by another name. */
    static final String MADE_FOR_ANOTHER = "the sign-in was made for another service (target name)";

    private static final int CHALLENGE = 8;

    private final NtlmAuthority authority;
    private final ServiceNames names;
    private final SecretSource random;
    private final InstantSource clock;

    /**
     * @param authority checks passwords
     * @param names the names that clients use for this service
     * @param random the source of challenges
     * @param clock the source of the time in each challenge
     */
    public NtlmAcceptor(NtlmAuthority authority, ServiceNames names, SecretSource random, InstantSource clock) {
        this.authority = authority;
        this.names = names;
        this.random = random;
        this.clock = clock;
    }

    /** The result of an answer. */
    public sealed interface Outcome {

        /** The password is right. */
        sealed interface Proven extends Outcome {

            /** Returns the account of the user. */
            Account account();

            /** Returns what identifies the sign-in if it is repeated. */
            SignInDigest digest();

            /**
             * Returns the channel that the client claims (RFC 4121 section 4.1.1.2): all zero if the client supports
             * bindings but has no channel, empty if it sends none.
             */
            Optional<byte[]> binding();
        }

        /**
         * The answer is right.
         *
         * @param account the account of the user
         * @param user the user name that the client sent
         * @param digest identifies the sign-in if it is repeated
         * @param sessionKey the key shared with the client
         * @param binding the channel that the client claims
         */
        record Accepted(
                Account account, String user, SignInDigest digest, SessionKey sessionKey, Optional<byte[]> binding)
                implements Proven {}

        /**
         * The password is right, but the account is blocked.
         *
         * @param account the blocked account
         * @param digest identifies the sign-in if it is repeated
         * @param binding the channel that the client claims
         */
        record Blocked(Account.Blocked account, SignInDigest digest, Optional<byte[]> binding) implements Proven {}

        /**
         * The answer is wrong.
         *
         * @param why for the caller
         * @param detail for the log
         * @param user the account, or the name that the client sent
         */
        record Rejected(String why, Detail detail, String user) implements Outcome {}
    }

    /** Returns the NTLM message type: 1, 2, 3 or another number; 0 if the bytes are not an NTLM message. */
    public static int typeOf(byte[] message) {
        return MessageReader.typeOf(message);
    }

    /**
     * Answers a client's first message with a challenge.
     *
     * @throws MalformedMessage if the bytes are not such a message
     * @throws dev.kerbearer.domain.port.Unavailable if the authority cannot be asked
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
     * Checks a client's second message. May block.
     *
     * @param endpoints the ends of the connection
     * @throws MalformedMessage if the bytes are not such a message, or not of NTLM version 2
     * @throws dev.kerbearer.domain.refusal.RefusedException if the authority cannot be asked, or the client must wait
     */
    public Outcome complete(NtlmHandshake handshake, byte[] message, Endpoints endpoints) throws MalformedMessage {
        AuthenticateMessage authenticate =
                AuthenticateMessage.read(message, handshake.challenge().flags());
        TargetInformation said = authenticate.response().target();
        requireTimeOfChallenge(handshake, said);
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
        Verdict verdict = checked(proof);
        if (verdict instanceof Verdict.Blocked blocked) {
            return new Outcome.Blocked(
                    blocked.account(), digest(handshake, authenticate), said.get(TargetInformation.CHANNEL_BINDINGS));
        }
        return verdict instanceof Verdict.Wrong wrong
                ? new Outcome.Rejected(WRONG, wrong.detail(), proof.toString())
                : accepted(handshake, authenticate, (Verdict.Right) verdict);
    }

    /** Adds the user to the refusal if the authority cannot be asked. */
    private Verdict checked(NtlmProof proof) {
        try {
            return authority.check(proof);
        } catch (Unavailable away) {
            throw Refusal.grantNotRecorded(away.what(), away.getCause())
                    .asException()
                    .concerning(Parties.user(proof.toString()));
        }
    }

    private boolean isOurs(String name, Endpoints endpoints) {
        return names.include(TargetName.of(name), endpoints, authority.namesOfThisMachine());
    }

    private static Outcome.Rejected madeFor(String name, NtlmProof proof) {
        return new Outcome.Rejected(
                MADE_FOR_ANOTHER,
                new Detail("the client " + proof + " signed in to " + Printable.of(name) + ", which is no name of"
                        + " this service: an attacker may be relaying sign-ins. If clients call this service by that"
                        + " name, add its host to kerbearer.ntlm.target-names"),
                proof.toString());
    }

    /**
     * Records that a client with an accepted answer has signed in, after all other checks have passed.
     *
     * @param from the address of the client
     * @throws dev.kerbearer.domain.port.Unavailable if the sign-in cannot be recorded
     */
    public void signedIn(Outcome.Accepted accepted, ClientAddress from) {
        authority.signedIn(accepted.user(), from);
    }

    private static SignInDigest digest(NtlmHandshake handshake, AuthenticateMessage authenticate) {
        return SignInDigest.ofNtlm(
                handshake.challenge().serverChallenge(), authenticate.response().proof());
    }

    /**
     * Checks that the client repeats the challenge's time in the part that its proof covers. An attacker who removes
     * the time from the challenge makes the client omit the integrity code ([MS-NLMP] section 3.1.5.1.2).
     */
    private static void requireTimeOfChallenge(NtlmHandshake handshake, TargetInformation said)
            throws MalformedMessage {
        byte[] sent =
                handshake.challenge().target().get(TargetInformation.TIMESTAMP).orElseThrow();
        if (said.get(TargetInformation.TIMESTAMP)
                .filter(time -> Arrays.equals(time, sent))
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
                    new Detail("the integrity code of the NTLM messages is not right, for " + right.account()),
                    right.account().toString());
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
