package dev.kerbearer.windowsauth.kerberos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.domain.identity.Principal;
import dev.kerbearer.windowsauth.channel.ChannelClaim;
import dev.kerbearer.windowsauth.channel.SomeChannel;
import dev.kerbearer.windowsauth.der.MalformedToken;
import dev.kerbearer.windowsauth.kerberos.ticket.ApReq;
import dev.kerbearer.windowsauth.kerberos.ticket.OpenedTicket;
import dev.kerbearer.windowsauth.keytab.HeldKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.kerby.kerberos.kerb.type.base.EncryptionKey;
import org.apache.kerby.kerberos.kerb.type.base.EncryptionType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AuthenticatorChannelTest {

    private static final byte[] CHANNEL = "sixteen bytes ok".getBytes(StandardCharsets.US_ASCII);

    private static final int CRC32 = 1;

    private final EncryptionKey key = ForgedTicket.key(3);

    @ParameterizedTest
    @EnumSource(names = {"AES128_CTS_HMAC_SHA1_96", "AES256_CTS_HMAC_SHA1_96", "ARCFOUR_HMAC"})
    void theChannelIsReadWithEveryTypeOfKey(EncryptionType type) throws Exception {
        EncryptionKey ofType = ForgedTicket.key(1, type);
        assertThat(claimed(ForgedTicket.with(ofType).sessionKey(type).on(CHANNEL), ofType))
                .isInstanceOfSatisfying(
                        ChannelClaim.Bound.class,
                        bound -> assertThat(bound.binding()).isEqualTo(CHANNEL));
    }

    @Test
    void aMissingBindingIsNoClaimWhetherTheClientSupportsBindingOrNot() throws Exception {
        assertThat(claimed(ForgedTicket.with(key), key)).isEqualTo(new ChannelClaim.None(false));
        assertThat(claimed(ForgedTicket.with(key).mutual().bindingChannels(), key))
                .isEqualTo(new ChannelClaim.None(true));
        assertThat(claimed(ForgedTicket.with(key).checksum(CRC32, SomeChannel.checksum()), key))
                .as("another checksum holds no channel")
                .isEqualTo(new ChannelClaim.None(false));
    }

    @Test
    void aTicketThatNoKeyDecryptsIsNotRead() throws Exception {
        ApReq request =
                NegotiateToken.read(ForgedTicket.with(key).on(CHANNEL).raw()).apReq();
        assertThat(OpenedTicket.of(request, List.of(held(ForgedTicket.key(3))))).isEmpty();
        assertThat(OpenedTicket.of(request, List.of())).isEmpty();
    }

    /** A change to the encrypted part makes it unreadable. A change to the rest has no effect on the claim. */
    @Test
    void aFlippedBitNeverMakesAnotherClaim() throws Exception {
        byte[] good = ForgedTicket.with(key).on(CHANNEL).apReq();
        for (int bit = 0; bit < 8 * good.length; bit++) {
            byte[] changed = good.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            ChannelClaim claim;
            try {
                claim = claimedIn(ApReq.read(changed), key);
            } catch (MalformedToken | NoSuchElementException refused) {
                continue;
            }
            assertThat(isTheSame(claim) || claim instanceof ChannelClaim.Unreadable)
                    .as("bit %d: %s", bit, claim)
                    .isTrue();
        }
    }

    private static boolean isTheSame(ChannelClaim claim) {
        return claim instanceof ChannelClaim.Bound bound && Arrays.equals(bound.binding(), CHANNEL);
    }

    private static ChannelClaim claimed(ForgedTicket ticket, EncryptionKey key) throws Exception {
        return claimedIn(NegotiateToken.read(ticket.inSpnego()).apReq(), key);
    }

    private static ChannelClaim claimedIn(ApReq request, EncryptionKey key) throws Exception {
        OpenedTicket ticket = OpenedTicket.of(request, List.of(held(key))).orElseThrow();
        return AuthenticatorChannel.claimedIn(ticket.authenticator());
    }

    private static HeldKey held(EncryptionKey key) {
        return new HeldKey(
                Principal.parse("HTTP/localhost@PRACTICE.EXAMPLE"),
                key.getKvno(),
                key.getKeyType().getValue(),
                key.getKeyData());
    }
}
