package dev.kerbearer.windowsauth.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.windowsauth.ntlm.NtlmClient;
import dev.kerbearer.windowsauth.ntlm.OnlyAlice;
import dev.kerbearer.windowsauth.spnego.SpnegoAnswer;
import dev.kerbearer.windowsauth.spnego.SpnegoClient;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Changes every bit of every client message once, and sets every byte to each boundary value. */
class ChangedOnTheWayTest {

    private static final byte[] ONLY_NTLM = SpnegoClient.mechanismList(SpnegoClient.NTLM);
    private static final byte[] NTLM_LAST = SpnegoClient.mechanismList(SpnegoClient.KERBEROS, SpnegoClient.NTLM);

    /** The flags of curl, which supports neither Unicode nor a key exchange. */
    private static final int CURL = 0x00088206;

    private static final byte[] BOUNDS = {0, 1, 0x7f, (byte) 0x80, (byte) 0xff};
    private static final Peer HERE = SomePeer.on("a connection", Optional.of("127.0.0.1"));

    /** The ways to use NTLM over HTTP. */
    private enum Way {
        NTLM(Scheme.NTLM),
        NEGOTIATE(Scheme.NEGOTIATE),
        SPNEGO(Scheme.NEGOTIATE),
        SPNEGO_CHOSEN(Scheme.NEGOTIATE);

        private final Scheme scheme;

        Way(Scheme scheme) {
            this.scheme = scheme;
        }

        /** Returns the messages of the client, each made from the server's last answer. */
        List<Message> messages(NtlmClient client) {
            Message type1 = said -> client.negotiate();
            return switch (this) {
                case NTLM, NEGOTIATE -> List.of(type1, client::authenticate);
                case SPNEGO ->
                    List.of(
                            said -> SpnegoClient.offer(ONLY_NTLM, Optional.of(client.negotiate())),
                            said -> last(client, said, ONLY_NTLM));
                case SPNEGO_CHOSEN ->
                    List.of(
                            said -> SpnegoClient.offer(NTLM_LAST, Optional.empty()),
                            said -> SpnegoClient.answer(client.negotiate(), Optional.empty()),
                            said -> last(client, said, NTLM_LAST));
            };
        }

        private static byte[] last(NtlmClient client, byte[] said, byte[] list) {
            byte[] type3 = client.authenticate(SpnegoClient.tokenIn(said).orElseThrow());
            return SpnegoClient.answer(type3, Optional.of(client.sign(list)));
        }
    }

    @FunctionalInterface
    private interface Message {
        byte[] after(byte[] said);
    }

    /** Replaces one byte of one message. */
    private record Change(int message, int at, int to) {}

    @ParameterizedTest
    @EnumSource
    void withAnIntegrityCodeEveryChangeIsRefused(Way way) {
        for (Change change : changesOf(way, () -> alice())) {
            assertThat(isSignedIn(way, alice(), change))
                    .as("%s %s", way, change)
                    .isFalse();
        }
    }

    /** Either outcome is fine; only an exception fails this test. */
    @ParameterizedTest
    @EnumSource
    void withoutAnIntegrityCodeNoChangeCausesAnError(Way way) {
        List<Supplier<NtlmClient>> clients =
                List.of(() -> alice().withoutMic(), () -> alice().withoutMic().offering(CURL));
        for (Supplier<NtlmClient> client : clients) {
            for (Change change : changesOf(way, client)) {
                isSignedIn(way, client.get(), change);
            }
        }
    }

    /** The client's proof covers the user name and the server's target information. */
    @Test
    void withoutAnIntegrityCodeOnlyUnusedBytesCanBeChanged() {
        byte[] type3 = sent(Way.NTLM, alice().withoutMic()).get(1);
        BitSet free = unusedBytesOf(type3);
        for (Change change : changesOf(Way.NTLM, () -> alice().withoutMic())) {
            if (change.message() == 1 && !free.get(change.at())) {
                assertThat(isSignedIn(Way.NTLM, alice().withoutMic(), change))
                        .as("%s", change)
                        .isFalse();
            }
        }
    }

    /** Returns the bytes of a type 3 message that the client's proof does not cover and that have no effect. */
    private static BitSet unusedBytesOf(byte[] type3) {
        int unusedResponse = 12;
        int proof = 20;
        int domain = 28;
        int user = 36;
        int workstation = 44;
        int sessionKey = 52;
        int flagsVersionAndRoomForACode = 60;
        BitSet free = new BitSet();
        for (int field : new int[] {unusedResponse, workstation, sessionKey}) {
            free.set(field, field + 8);
            free.set(offset(type3, field), offset(type3, field) + length(type3, field));
        }
        for (int field : new int[] {proof, domain, user}) {
            // The allocated length is not used.
            free.set(field + 2, field + 4);
        }
        free.set(flagsVersionAndRoomForACode, 88);
        // The proof ignores the case of a name.
        free.set(offset(type3, user), offset(type3, user) + length(type3, user));
        return free;
    }

    /** The user still counts: the only accepted change of a name is a change of case. */
    @Test
    void aNameCanOnlyChangeInCase() {
        byte[] type3 = sent(Way.NTLM, alice().withoutMic()).get(1);
        int user = offset(type3, 36);
        for (Change change : changesOf(Way.NTLM, () -> alice().withoutMic())) {
            if (change.message() == 1 && change.at() >= user && change.at() < user + length(type3, 36)) {
                boolean caseOnly = (change.to() ^ (type3[change.at()] & 0xff)) == 0x20 && (change.at() - user) % 2 == 0;
                assertThat(isSignedIn(Way.NTLM, alice().withoutMic(), change))
                        .as("%s", change)
                        .isEqualTo(caseOnly);
            }
        }
    }

    private static NtlmClient alice() {
        return NtlmClient.of("WORKGROUP", "alice", OnlyAlice.PASSWORD);
    }

    private static int length(byte[] type3, int field) {
        return ByteBuffer.wrap(type3).order(ByteOrder.LITTLE_ENDIAN).getShort(field);
    }

    private static int offset(byte[] type3, int field) {
        return ByteBuffer.wrap(type3).order(ByteOrder.LITTLE_ENDIAN).getInt(field + 4);
    }

    private static List<Change> changesOf(Way way, Supplier<NtlmClient> client) {
        List<Change> changes = new ArrayList<>();
        List<byte[]> sent = sent(way, client.get());
        for (int message = 0; message < sent.size(); message++) {
            for (int at = 0; at < sent.get(message).length; at++) {
                int now = sent.get(message)[at] & 0xff;
                for (int bit = 1; bit < 0x100; bit <<= 1) {
                    changes.add(new Change(message, at, now ^ bit));
                }
                for (byte bound : BOUNDS) {
                    if ((bound & 0xff) != now) {
                        changes.add(new Change(message, at, bound & 0xff));
                    }
                }
            }
        }
        return changes;
    }

    /** Returns the unchanged messages of a client, which sign it in. */
    private static List<byte[]> sent(Way way, NtlmClient client) {
        List<byte[]> sent = new ArrayList<>();
        assertThat(exchange(way, client, (message, token) -> {
                    sent.add(token);
                    return token;
                }))
                .as("%s", way)
                .isTrue();
        return sent;
    }

    private static boolean isSignedIn(Way way, NtlmClient client, Change change) {
        return exchange(way, client, (message, token) -> {
            byte[] changed = token.clone();
            if (message == change.message()) {
                changed[change.at()] = (byte) change.to();
            }
            return changed;
        });
    }

    @FunctionalInterface
    private interface OnTheWay {
        byte[] passed(int message, byte[] token);
    }

    private static boolean exchange(Way way, NtlmClient client, OnTheWay onTheWay) {
        NtlmSignIn signIn = AliceSignsIn.with(new HalfOpen<>(() -> Instant.EPOCH));
        byte[] said = {};
        int number = 0;
        for (Message message : way.messages(client)) {
            byte[] token = onTheWay.passed(number++, message.after(said));
            Offer offer = Offer.of(way.scheme, token);
            if (!offer.isForNtlm()) {
                return false;
            }
            SignInStep step = signIn.take(HERE, offer);
            if (step instanceof SignInStep.Continue next) {
                said = next.token();
                if (isChallengeLost(way, number, said)) {
                    return false;
                }
            } else {
                return step instanceof SignInStep.Established;
            }
        }
        return false;
    }

    /** The client gives up if a change makes the server send another answer than the client expects. */
    private static boolean isChallengeLost(Way way, int number, byte[] said) {
        boolean inSpnego = way == Way.SPNEGO || way == Way.SPNEGO_CHOSEN;
        boolean wantsChallenge = way != Way.SPNEGO_CHOSEN || number == 2;
        return inSpnego
                && (!SpnegoAnswer.isBegunBy(said)
                        || (wantsChallenge && SpnegoClient.tokenIn(said).isEmpty()));
    }
}
