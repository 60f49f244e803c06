package dev.kerbearer.windowsauth.ntlm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.windowsauth.ntlm.message.AuthenticateMessage;
import dev.kerbearer.windowsauth.ntlm.message.ChallengeMessage;
import dev.kerbearer.windowsauth.ntlm.message.Flags;
import dev.kerbearer.windowsauth.ntlm.message.NtHash;
import dev.kerbearer.windowsauth.ntlm.message.OldCiphers;
import dev.kerbearer.windowsauth.ntlm.message.PasswordProof;
import dev.kerbearer.windowsauth.ntlm.message.SessionKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The test vectors of [MS-NLMP] section 4.2.4: NTLM version 2. */
class SpecificationVectorsTest {

    private static final NtHash PASSWORD = NtHash.ofBytes(hex("a4f49c406510bdcab6824ee7c30fd852"));
    private static final byte[] SERVER_CHALLENGE = hex("0123456789abcdef");
    private static final byte[] EXPORTED_KEY = hex("55555555555555555555555555555555");
    private static final byte[] CHALLENGE_MESSAGE = hex("""
            4e544c4d53535000 02000000 0c000c0038000000 33828ae2 0123456789abcdef 0000000000000000
            2400240044000000 060070170000000f 530065007200760065007200
            02000c0044006f006d00610069006e00 01000c00530065007200760065007200 00000000""");
    private static final byte[] AUTHENTICATE_MESSAGE = hex("""
            4e544c4d53535000 03000000 180018006c000000 5400540084000000 0c000c0048000000 0800080054000000
            100010005c000000 10001000d8000000 358288e2 0501280a0000000f
            44006f006d00610069006e00 5500730065007200 43004f004d0050005500540045005200
            86c35097ac9cec102554764a57cccc19aaaaaaaaaaaaaaaa
            68cd0ab851e51c96aabc927bebef6a1c 0101000000000000 0000000000000000 aaaaaaaaaaaaaaaa 00000000
            02000c0044006f006d00610069006e00 01000c00530065007200760065007200 00000000 00000000
            c5dad2544fc9799094ce1ce90bc9d03e""");

    private final PasswordProof user = PasswordProof.of(PASSWORD, "User", "Domain");

    @Test
    void theChallengeIsRead() throws Exception {
        ChallengeMessage challenge = ChallengeMessage.read(CHALLENGE_MESSAGE);
        assertThat(challenge.flags()).isEqualTo(0xe28a8233);
        assertThat(challenge.serverChallenge()).isEqualTo(SERVER_CHALLENGE);
        assertThat(challenge.target().domain()).isEqualTo("Domain");
    }

    @Test
    void theChallengeIsWrittenUnchanged() throws Exception {
        ChallengeMessage challenge = ChallengeMessage.read(CHALLENGE_MESSAGE);
        byte[] written =
                new ChallengeMessage(challenge.flags(), challenge.serverChallenge(), challenge.target()).bytes();
        assertThat(Arrays.copyOf(written, 12)).isEqualTo(Arrays.copyOf(CHALLENGE_MESSAGE, 12));
        assertThat(Arrays.copyOfRange(written, 20, 40)).isEqualTo(Arrays.copyOfRange(CHALLENGE_MESSAGE, 20, 40));
        assertThat(ChallengeMessage.read(written).target().bytes())
                .isEqualTo(challenge.target().bytes());
    }

    @Test
    void theAnswerIsReadAndItsProofIsRight() throws Exception {
        AuthenticateMessage message = AuthenticateMessage.read(AUTHENTICATE_MESSAGE, 0xe28a8233);
        assertThat(message.domain()).isEqualTo("Domain");
        assertThat(message.user()).isEqualTo("User");
        assertThat(message.response().proof()).isEqualTo(hex("68cd0ab851e51c96aabc927bebef6a1c"));
        assertThat(message.mayHoldMic())
                .as("its first field begins right after the version")
                .isFalse();
        assertThat(user.isThatOf(message.response(), SERVER_CHALLENGE)).isTrue();
        assertThat(PasswordProof.of(PASSWORD, "uSER", "Domain").isThatOf(message.response(), SERVER_CHALLENGE))
                .isTrue();
        assertThat(PasswordProof.of(PASSWORD, "User", "domain").isThatOf(message.response(), SERVER_CHALLENGE))
                .isFalse();
    }

    @Test
    void theSessionKeyEqualsThatOfTheSpecification() throws Exception {
        AuthenticateMessage message = AuthenticateMessage.read(AUTHENTICATE_MESSAGE, 0xe28a8233);
        byte[] base = user.sessionBaseKey(message.response().proof());
        assertThat(base).isEqualTo(hex("8de40ccadbc14a82f15cb0ad0de95ca3"));
        assertThat(OldCiphers.rc4(base, message.sessionKey())).isEqualTo(EXPORTED_KEY);
        byte[] text = "any".getBytes(StandardCharsets.US_ASCII);
        assertThat(SessionKey.of(base, message).sign(SessionKey.Side.CLIENT, text))
                .isEqualTo(SessionKey.ofBytes(EXPORTED_KEY, 0xe2888235).sign(SessionKey.Side.CLIENT, text));
    }

    /** Section 4.2.4.4 encrypts the text first, with the same key stream; so the checksum is compared in the clear. */
    @Test
    void theSignatureEqualsThatOfTheSpecification() {
        byte[] text = "Plaintext".getBytes(StandardCharsets.UTF_16LE);
        byte[] signature = SessionKey.ofBytes(EXPORTED_KEY, 0xe2888235 & ~Flags.KEY_EXCHANGE)
                .sign(SessionKey.Side.CLIENT, text);
        assertThat(signature).isEqualTo(hex("01000000 70352851f2564309 00000000"));
        byte[] sealingKey = hex("59f600973cc4960a25480a7c196e4c58");
        byte[] sealed = OldCiphers.rc4(sealingKey, hex(HexFormat.of().formatHex(text) + "70352851f2564309"));
        assertThat(sealed).isEqualTo(hex("54e50165bf1936dc996020c1811b0f06fb5f 7fb38ec5c55d4976"));
    }

    @Test
    void theSealingKeyEncryptsTheChecksumFirst() {
        byte[] text = "Plaintext".getBytes(StandardCharsets.UTF_16LE);
        byte[] signature = SessionKey.ofBytes(EXPORTED_KEY, 0xe2888235).sign(SessionKey.Side.CLIENT, text);
        byte[] checksum = OldCiphers.rc4(hex("59f600973cc4960a25480a7c196e4c58"), hex("70352851f2564309"));
        assertThat(Arrays.copyOfRange(signature, 4, 12)).isEqualTo(checksum);
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replaceAll("\\s", ""));
    }
}
