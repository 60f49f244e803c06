package dev.kerbearer.windowsauth.pac;

import static dev.kerbearer.windowsauth.pac.PacSample.AUTHENTICATED;
import static dev.kerbearer.windowsauth.pac.PacSample.CLIENT;
import static dev.kerbearer.windowsauth.pac.PacSample.DOMAIN;
import static dev.kerbearer.windowsauth.pac.PacSample.SERVICE_KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kerbearer.domain.identity.AuthorizationData;
import dev.kerbearer.domain.identity.Sid;
import dev.kerbearer.windowsauth.pac.ForgedPac.Membership;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kerby.kerberos.kerb.type.base.CheckSumType;
import org.junit.jupiter.api.Test;

class PacTest {

    private static final int ENABLED = 7;

    @Test
    void aDomainControllersPacNamesTheUserAndHisGroupsNestedOnesToo() throws MalformedPac {
        assertThat(verified(PacSample.of("alice")))
                .isEqualTo(new AuthorizationData(DOMAIN.child(1103), setOf(513, 1110, 1111, 1112, "S-1-18-1")));
    }

    @Test
    void aPacOfHundredsOfGroupsIsReadWhole() throws MalformedPac {
        AuthorizationData many = Pac.read(PacSample.of("many")).verified(List.of(SERVICE_KEY), "many", AUTHENTICATED);
        assertThat(many.user()).isEqualTo(DOMAIN.child(1106));
        assertThat(many.groups()).hasSize(203);
    }

    @Test
    void groupsOfOtherDomainsAndOfTheServicesAreGroupsToo() throws MalformedPac {
        Sid foreign = new Sid("S-1-5-21-9-9-9-1000");
        byte[] pac = PacSample.madeUp(
                1103,
                List.of(new Membership(DOMAIN.child(513), ENABLED)),
                List.of(new Membership(foreign, ENABLED)),
                List.of(new Membership(DOMAIN.child(1200), ENABLED)));
        assertThat(verified(pac))
                .isEqualTo(new AuthorizationData(DOMAIN.child(1103), setOf(513, 1200, foreign.text())));
        assertThat(verified(PacSample.madeUp(1103, List.of(), List.of(), List.of())))
                .isEqualTo(new AuthorizationData(DOMAIN.child(1103), Set.of()));
    }

    @Test
    void aGroupThatIsNotEnabledOrOnlyDeniesIsNone() throws MalformedPac {
        List<Membership> groups =
                List.of(new Membership(DOMAIN.child(1), 3), new Membership(DOMAIN.child(2), ENABLED | 0x10));
        assertThat(verified(PacSample.madeUp(1103, groups, groups, groups)).groups())
                .isEmpty();
    }

    @Test
    void withoutTheServicesSignatureNothingIsBelieved() {
        refuses(PacSample.of("alice"), List.of(), "not signed");
        refuses(PacSample.of("alice"), List.of(new ServiceKey(18, new byte[32])), "not signed");
        refuses(PacSample.of("alice"), List.of(new ServiceKey(17, new byte[16])), "not signed");
        refuses(
                ForgedPac.signed(PacSample.of("alice"), CheckSumType.HMAC_MD5_ARCFOUR, PacSample.KEY),
                List.of(SERVICE_KEY),
                "not believed");
    }

    @Test
    void eachOfSeveralKeysMayHaveSigned() throws MalformedPac {
        byte[] key = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
        byte[] pac = ForgedPac.signed(PacSample.of("alice"), CheckSumType.HMAC_SHA1_96_AES128, key);
        ServiceKey other = new ServiceKey(17, new byte[16]);
        assertThat(Pac.read(pac)
                        .verified(List.of(SERVICE_KEY, other, new ServiceKey(17, key)), CLIENT, AUTHENTICATED)
                        .user())
                .isEqualTo(DOMAIN.child(1103));
    }

    @Test
    void noByteOfAPacCanBeChangedButTheKdcsSignature() {
        byte[] pac = PacSample.of("alice");
        int kdc = ForgedPac.offset(pac, 7) + 4;
        for (int i = 0; i < pac.length; i++) {
            if (i < kdc || i >= kdc + 12) {
                byte[] changed = pac.clone();
                changed[i] ^= 1;
                assertThatThrownBy(() -> verified(changed)).as("byte %d", i).isInstanceOf(MalformedPac.class);
            }
        }
    }

    @Test
    void aPacThatIsCutOffIsRefusedWherever() {
        byte[] pac = PacSample.of("many");
        for (int length = 0; length < pac.length; length++) {
            byte[] cutOff = PacSample.signed(Arrays.copyOf(pac, length));
            assertThatThrownBy(() -> verified(cutOff)).isInstanceOf(MalformedPac.class);
        }
    }

    @Test
    void whateverTheKdcSignsIsReadOrRefused() {
        byte[] pac = PacSample.madeUp(
                1103,
                List.of(new Membership(DOMAIN.child(513), ENABLED)),
                List.of(new Membership(new Sid("S-1-5-21-9-9-9-1000"), ENABLED)),
                List.of(new Membership(DOMAIN.child(1200), ENABLED)));
        for (int i = 0; i < pac.length; i++) {
            for (int value : new int[] {0, 1, 0x7f, 0x80, 0xff}) {
                byte[] changed = pac.clone();
                changed[i] = (byte) value;
                AnyPac.check(changed);
            }
        }
    }

    @Test
    void aPacOfAnotherClientOrTicketIsRefused() {
        byte[] pac = PacSample.of("alice");
        for (String client : List.of("bob", "Alice", "alic", "alice ", "")) {
            assertThatThrownBy(() -> Pac.read(pac).verified(List.of(SERVICE_KEY), client, AUTHENTICATED))
                    .hasMessage("the PAC is of another client than the ticket");
        }
        for (Instant time : List.of(AUTHENTICATED.plusSeconds(1), AUTHENTICATED.minusSeconds(1), Instant.EPOCH)) {
            assertThatThrownBy(() -> Pac.read(pac).verified(List.of(SERVICE_KEY), CLIENT, time))
                    .hasMessage("the PAC is of another ticket");
        }
    }

    private static AuthorizationData verified(byte[] pac) throws MalformedPac {
        return Pac.read(pac).verified(List.of(SERVICE_KEY), CLIENT, AUTHENTICATED);
    }

    private static void refuses(byte[] pac, Collection<ServiceKey> keys, String why) {
        assertThatThrownBy(() -> Pac.read(pac).verified(keys, CLIENT, AUTHENTICATED))
                .isInstanceOf(MalformedPac.class)
                .hasMessageContaining(why);
    }

    private static Set<Sid> setOf(Object... sids) {
        return Stream.of(sids)
                .map(sid -> sid instanceof Integer number ? DOMAIN.child(number) : new Sid((String) sid))
                .collect(Collectors.toSet());
    }
}
