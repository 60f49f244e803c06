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

/** Every bit of every message that a client sends is changed once, and every byte set to what bounds begin or end at. */
class ChangedOnTheWayTest {

    private static final byte[] ONLY_NTLM = SpnegoClient.mechanismList(SpnegoClient.NTLM);
    private static final byte[] NTLM_LAST = SpnegoClient.mechanismList(SpnegoClient.KERBEROS, SpnegoClient.NTLM);

    /** It knows no Unicode, and exchanges no key. */
    private static final int CURL = 0x00088206;

    private static final byte[] BOUNDS = {0, 1, 0x7f, (byte) 0x80, (byte) 0xff};
    private static final Peer HERE = SomePeer.on("a connection", Optional.of("127.0.0.1"));

    /** In which ways NTLM is spoken over HTTP. */
    private enum Way {
        NTLM(Scheme.NTLM),
        NEGOTIATE(Scheme.NEGOTIATE),
        SPNEGO(Scheme.NEGOTIATE),
        SPNEGO_CHOSEN(Scheme.NEGOTIATE);

        private final Scheme scheme;

        Way(Scheme scheme) {
            this.scheme = scheme;
        }

        /** What the client sends, message for message, each made of what the server said last. */
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

    /** One byte of one message becomes another. */
    private record Change(int message, int at, int to) {}

    @ParameterizedTest
    @EnumSource
    void withAnIntegrityCodeNothingCanBeChanged(Way way) {
        for (Change change : changesOf(way, () -> alice())) {
            assertThat(isSignedIn(way, alice(), change))
                    .as("%s %s", way, change)
                    .isFalse();
        }
    }

    /** Whatever comes of it; an exception would be a failure of this test. */
    @ParameterizedTest
    @EnumSource
    void withoutOneEveryChangeIsTakenOrRefused(Way way) {
        List<Supplier<NtlmClient>> clients =
                List.of(() -> alice().withoutMic(), () -> alice().withoutMic().offering(CURL));
        for (Supplier<NtlmClient> client : clients) {
            for (Change change : changesOf(way, client)) {
                isSignedIn(way, client.get(), change);
            }
        }
    }

    /** Its proof covers who he is, and what he was told. */
    @Test
    void withoutOneOnlyWhatNobodyReliesOnCanBeChanged() {
        byte[] type3 = sent(Way.NTLM, alice().withoutMic()).get(1);
        BitSet free = freeIn(type3);
        for (Change change : changesOf(Way.NTLM, () -> alice().withoutMic())) {
            if (change.message() == 1 && !free.get(change.at())) {
                assertThat(isSignedIn(Way.NTLM, alice().withoutMic(), change))
                        .as("%s", change)
                        .isFalse();
            }
        }
    }

    /** The bytes of a type 3 message that the client's proof doesn't cover, and that decide nothing. */
    private static BitSet freeIn(byte[] type3) {
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
            // The length that is allocated says nothing.
            free.set(field + 2, field + 4);
        }
        free.set(flagsVersionAndRoomForACode, 88);
        // Small and large letters of a name are the same to the proof.
        free.set(offset(type3, user), offset(type3, user) + length(type3, user));
        return free;
    }

    /** Who it is counts all the same: of the changes of a name only that of its case is taken. */
    @Test
    void aNameIsOnlyChangedInItsCase() {
        byte[] type3 = sent(Way.NTLM, alice().withoutMic()).get(1);
        int user = offset(type3, 36);
        for (Change change : changesOf(Way.NTLM, () -> alice().withoutMic())) {
            if (change.message() == 1 && change.at() >= user && change.at() < user + length(type3, 36)) {
                boolean ofCase = (change.to() ^ (type3[change.at()] & 0xff)) == 0x20 && (change.at() - user) % 2 == 0;
                assertThat(isSignedIn(Way.NTLM, alice().withoutMic(), change))
                        .as("%s", change)
                        .isEqualTo(ofCase);
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

    /** What a client sends where nothing is changed, which signs him in. */
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

    /** Where a change made the server answer something else than the client asked for, he gives up. */
    private static boolean isChallengeLost(Way way, int number, byte[] said) {
        boolean inSpnego = way == Way.SPNEGO || way == Way.SPNEGO_CHOSEN;
        boolean wantsChallenge = way != Way.SPNEGO_CHOSEN || number == 2;
        return inSpnego
                && (!SpnegoAnswer.isBegunBy(said)
                        || (wantsChallenge && SpnegoClient.tokenIn(said).isEmpty()));
    }
}
