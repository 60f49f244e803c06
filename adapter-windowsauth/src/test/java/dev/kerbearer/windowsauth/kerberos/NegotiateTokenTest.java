package dev.kerbearer.windowsauth.kerberos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.kerbearer.windowsauth.der.Der;
import dev.kerbearer.windowsauth.der.DerElement;
import dev.kerbearer.windowsauth.der.MalformedToken;
import dev.kerbearer.windowsauth.spnego.SpnegoClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.PrivilegedExceptionAction;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import javax.security.auth.Subject;
import javax.security.auth.kerberos.KeyTab;
import org.apache.kerby.kerberos.kerb.type.base.EncryptionKey;
import org.ietf.jgss.GSSCredential;
import org.ietf.jgss.GSSManager;
import org.ietf.jgss.Oid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NegotiateTokenTest {

    private static final byte[] NTLM_TYPE_1 = "NTLMSSP\0\1\0\0\0".getBytes(StandardCharsets.US_ASCII);

    private final byte[] apReq = ForgedTicket.with(ForgedTicket.key(1)).apReq();
    private final byte[] raw = ForgedTicket.framed(apReq);
    private final byte[] wrapped = ForgedTicket.inSpnego(raw);

    @Test
    void anApReqHasTheSameDigestRawAndInSpnego() throws Exception {
        assertThat(NegotiateToken.read(raw).digest())
                .isEqualTo(NegotiateToken.read(wrapped).digest());
        assertThat(NegotiateToken.read(raw).ofKerberos()).isEqualTo(raw);
        assertThat(NegotiateToken.read(wrapped).ofKerberos()).isEqualTo(raw);
    }

    @Test
    void aRawTokenGetsTheRawKerberosAnswer() throws Exception {
        byte[] answer = {1, 2, 3};
        assertThat(NegotiateToken.read(raw).answered(Optional.of(answer))).hasValue(answer);
        assertThat(NegotiateToken.read(raw).answered(Optional.empty())).isEmpty();
    }

    /** The answer repeats the identifier of the client's first mechanism. Windows lists Kerberos twice. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "06092a864886f712010202",
                "06092a864882f71201020206092a864886f712010202060a2b06010401823702020a",
                "06092a864886f712010202060a2b06010401823702020a"
            })
    void theSpnegoAnswerEqualsThatOfTheJdk(String mechanisms, @TempDir Path folder) throws Exception {
        EncryptionKey key = ForgedTicket.key(1);
        Path keytab = ForgedTicket.keytab(folder.resolve("http.keytab"), "HTTP/localhost@PRACTICE.EXAMPLE", key);
        byte[] list = DerElement.of(Der.SEQUENCE, HexFormat.of().parseHex(mechanisms));
        byte[] token =
                SpnegoClient.offer(list, Optional.of(ForgedTicket.with(key).raw()));
        assertThat(NegotiateToken.read(token).answered(Optional.empty())).hasValue(answerOfTheJdk(keytab, token));
        byte[] last = {1, 2, 3};
        assertThat(SpnegoClient.tokenIn(
                        NegotiateToken.read(token).answered(Optional.of(last)).orElseThrow()))
                .hasValue(last);
    }

    @SuppressWarnings("removal") // its successor is missing before Java 18
    private static byte[] answerOfTheJdk(Path keytab, byte[] token) throws Exception {
        GSSManager manager = GSSManager.getInstance();
        Oid spnego = new Oid("1.3.6.1.5.5.2");
        Subject service = new Subject(false, Set.of(), Set.of(), Set.of(KeyTab.getUnboundInstance(keytab.toFile())));
        GSSCredential credential = Subject.doAs(service, (PrivilegedExceptionAction<GSSCredential>) () ->
                manager.createCredential(null, GSSCredential.INDEFINITE_LIFETIME, spnego, GSSCredential.ACCEPT_ONLY));
        return manager.createContext(credential).acceptSecContext(token, 0, token.length);
    }

    @Test
    void aTicketIsRefusedUnlessKerberosIsTheFirstMechanism() {
        byte[] ntlmFirst =
                DerElement.of(Der.SEQUENCE, HexFormat.of().parseHex("060a2b06010401823702020a06092a864886f712010202"));
        for (byte[] list : List.of(ntlmFirst, DerElement.of(Der.SEQUENCE))) {
            assertThatThrownBy(() -> NegotiateToken.read(SpnegoClient.offer(list, Optional.of(raw))))
                    .hasMessage("the mechanism that it prefers is not Kerberos");
        }
        assertThatThrownBy(() -> NegotiateToken.read(SpnegoClient.offer(
                        DerElement.of(Der.SEQUENCE, HexFormat.of().parseHex("06092a864886f712010202")),
                        Optional.empty())))
                .hasMessage("it proposes mechanisms but carries no ticket");
    }

    @Test
    void anotherApReqHasAnotherDigest() throws Exception {
        byte[] other = ForgedTicket.with(ForgedTicket.key(1)).raw();
        assertThat(NegotiateToken.read(raw).digest())
                .isNotEqualTo(NegotiateToken.read(other).digest());
    }

    /** Otherwise one AP-REQ could be replayed many times, each time with other bytes after it. */
    @Test
    void extraBytesAreRefused() {
        malformed(Arrays.copyOf(raw, raw.length + 1));
        malformed(Arrays.copyOf(wrapped, wrapped.length + 1));
        malformed(ForgedTicket.framed(Arrays.copyOf(apReq, apReq.length + 1)));
        malformed(ForgedTicket.inSpnego(Arrays.copyOf(raw, raw.length + 1)));
    }

    @Test
    void aLengthThatIsNotInItsShortestFormIsRefused() {
        assertThat(raw[1]).as("the length takes two octets").isEqualTo((byte) 0x82);
        byte[] longer = new byte[raw.length + 1];
        longer[0] = raw[0];
        longer[1] = (byte) 0x83;
        System.arraycopy(raw, 2, longer, 3, raw.length - 2);
        malformed(longer);
        byte[] indefinite = raw.clone();
        indefinite[1] = (byte) 0x80;
        malformed(indefinite);
    }

    @Test
    void ntlmIsReportedAsNtlm() {
        for (byte[] token : new byte[][] {NTLM_TYPE_1, ForgedTicket.inSpnego(NTLM_TYPE_1)}) {
            assertThatThrownBy(() -> NegotiateToken.read(token))
                    .hasMessageContaining("NTLM because it had no ticket")
                    .hasMessageContaining("check the service principal")
                    .hasMessageContaining("intranet zone");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "hello world", "`", "`\u0001", "`\u007f", "0000000000"})
    void garbageIsRefused(String garbage) {
        malformed(garbage.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void aBareApReqIsNoToken() {
        malformed(apReq);
    }

    @Test
    void aTruncatedTokenIsRefused() {
        for (int length = 0; length < wrapped.length; length++) {
            malformed(Arrays.copyOf(wrapped, length));
        }
        for (int length = 0; length < raw.length; length++) {
            malformed(Arrays.copyOf(raw, length));
        }
    }

    @Test
    void aTokenWithFlippedBitsIsReadOrRefused() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 200_000; round++) {
            byte[] flipped = (random.nextBoolean() ? wrapped : raw).clone();
            for (int flips = random.nextInt(1, 4); flips > 0; flips--) {
                // Most of a token is cipher text; its structure is at its beginning and end.
                int at = random.nextInt(4) == 0 ? random.nextInt(flipped.length) : random.nextInt(120);
                flipped[at] ^= (byte) (1 << random.nextInt(8));
            }
            try {
                NegotiateToken.read(flipped);
            } catch (MalformedToken refused) {
                assertThat(refused).hasMessageNotContaining("null");
            } catch (RuntimeException fault) {
                fail("seed " + seed + ", round " + round, fault);
            }
        }
    }

    @Test
    void theServiceNameIsCutToTheLengthOfALogEntry() throws Exception {
        String longest = "HTTP/" + "a".repeat(200);
        assertThat(serviceOf(longest)).startsWith(longest + "@").hasSizeLessThan(256);
        assertThat(serviceOf("HTTP/" + "a".repeat(2000))).hasSize(256 + 3).endsWith("a...");
        assertThat(serviceOf("a/".repeat(2000) + "a")).hasSize(256 + 3).endsWith("/a/...");
    }

    private static String serviceOf(String name) throws MalformedToken {
        return NegotiateToken.read(
                        ForgedTicket.with(ForgedTicket.key(1)).service(name).raw())
                .key()
                .principal();
    }

    private static void malformed(byte[] token) {
        assertThatThrownBy(() -> NegotiateToken.read(token)).isInstanceOf(MalformedToken.class);
    }
}
