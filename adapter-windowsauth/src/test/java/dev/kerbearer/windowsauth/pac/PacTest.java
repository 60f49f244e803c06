package dev.kerbearer.windowsauth.pac;

import static dev.kerbearer.windowsauth.pac.PacSample.AUTHENTICATED;
import static dev.kerbearer.windowsauth.pac.PacSample.CLIENT;
import static dev.kerbearer.windowsauth.pac.PacSample.DOMAIN;
import static dev.kerbearer.windowsauth.pac.PacSample.REALM;
import static dev.kerbearer.windowsauth.pac.PacSample.SERVICE_KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kerbearer.domain.identity.AuthorizationData;
import dev.kerbearer.domain.identity.Sid;
import dev.kerbearer.windowsauth.pac.ForgedPac.Membership;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kerby.kerberos.kerb.type.base.CheckSumType;
import org.junit.jupiter.api.Test;

class PacTest {

    private static final int ENABLED = 7;

    @Test
    void aPacOfADomainControllerNamesTheUserWithDirectAndNestedGroups() throws MalformedPac {
        assertThat(verified(PacSample.of("alice")))
                .isEqualTo(new AuthorizationData(DOMAIN.child(1103), setOf(513, 1110, 1111, 1112, "S-1-18-1")));
    }

    @Test
    void aPacWithHundredsOfGroupsIsReadCompletely() throws MalformedPac {
        AuthorizationData many = Pac.read(PacSample.of("many"))
                .verified(SERVICE_KEY, "many", AUTHENTICATED)
                .authorization(REALM);
        assertThat(many.user()).isEqualTo(DOMAIN.child(1106));
        assertThat(many.groups()).hasSize(203);
    }

    @Test
    void groupsOfOtherDomainsAndOfTheServiceDomainCount() throws MalformedPac {
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
    void aDisabledOrDenyOnlyGroupDoesNotCount() throws MalformedPac {
        List<Membership> groups =
                List.of(new Membership(DOMAIN.child(1), 3), new Membership(DOMAIN.child(2), ENABLED | 0x10));
        assertThat(verified(PacSample.madeUp(1103, groups, groups, groups)).groups())
                .isEmpty();
    }

    @Test
    void aPacNotSignedWithTheKeyOfTheTicketIsRefused() {
        for (ServiceKey other : List.of(
                new ServiceKey(18, new byte[32]), new ServiceKey(17, new byte[16]), new ServiceKey(23, new byte[16]))) {
            assertRefused(PacSample.of("alice"), other, "not signed with the key of the ticket");
        }
        assertRefused(
                ForgedPac.signed(PacSample.of("alice"), CheckSumType.HMAC_MD5_ARCFOUR, PacSample.KEY),
                SERVICE_KEY,
                "cut off");
        byte[] ofCrc = PacSample.of("alice");
        ofCrc[ForgedPac.offset(ofCrc, 6)] = 1;
        assertRefused(ofCrc, SERVICE_KEY, "is of type 1, which is not known here");
    }

    /** A weak signature type must not replace a strong one. */
    @Test
    void theTypeOfTheSignatureMustMatchTheKey() throws MalformedPac {
        byte[] aes128 = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
        byte[] pac = ForgedPac.signed(PacSample.of("alice"), CheckSumType.HMAC_SHA1_96_AES128, aes128);
        assertThat(verified(pac, new ServiceKey(17, aes128))
                        .authorization(REALM)
                        .user())
                .isEqualTo(DOMAIN.child(1103));
        byte[] rc4 = new ForgedPac(CLIENT, AUTHENTICATED, DOMAIN, 1103)
                .signedWith(CheckSumType.HMAC_MD5_ARCFOUR)
                .signed(aes128);
        assertThat(verified(rc4, new ServiceKey(23, aes128))
                        .authorization(REALM)
                        .user())
                .isEqualTo(DOMAIN.child(1103));
        assertRefused(pac, new ServiceKey(23, aes128), "not signed");
        assertRefused(rc4, new ServiceKey(17, aes128), "not signed with the key of the ticket");
    }

    @Test
    void theTypeOfTheKdcSignatureIsNotChecked() throws MalformedPac {
        for (int[] kind : new int[][] {{-138, 16}, {15, 12}, {16, 12}, {19, 16}, {20, 24}, {1, 4}, {4711, 20}}) {
            byte[] pac = new ForgedPac(CLIENT, AUTHENTICATED, DOMAIN, 1103)
                    .kdc(kind[0], kind[1])
                    .signed(PacSample.KEY);
            assertThat(verified(pac).user()).as("type %d", kind[0]).isEqualTo(DOMAIN.child(1103));
        }
    }

    @Test
    void onlyTheKdcSignatureOfAPacCanBeChanged() {
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
    void aTruncatedPacIsRefused() {
        byte[] pac = PacSample.of("many");
        for (int length = 0; length < pac.length; length++) {
            byte[] cutOff = PacSample.signed(Arrays.copyOf(pac, length));
            assertThatThrownBy(() -> verified(cutOff)).isInstanceOf(MalformedPac.class);
        }
    }

    @Test
    void aSignedPacWithAnyChangedByteIsReadOrRefused() {
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
            assertThatThrownBy(() -> Pac.read(pac).verified(SERVICE_KEY, client, AUTHENTICATED))
                    .hasMessage("the PAC is of another client than the ticket");
        }
        for (Instant time : List.of(AUTHENTICATED.plusSeconds(1), AUTHENTICATED.minusSeconds(1), Instant.EPOCH)) {
            assertThatThrownBy(() -> Pac.read(pac).verified(SERVICE_KEY, CLIENT, time))
                    .hasMessage("the PAC is of another ticket");
        }
    }

    @Test
    void theClientOfTheTicketMustBeANameOfTheAccount() throws MalformedPac {
        Sid alice = DOMAIN.child(1103);
        ForgedPac pac = new ForgedPac(CLIENT, AUTHENTICATED, DOMAIN, 1103);
        assertThat(verified(pac.account("ALICE").signed(PacSample.KEY)).user()).isEqualTo(alice);
        ForgedPac other = pac.account("a.smith");
        assertAuthorizationRefused(other, "is of the account a.smith, and its ticket is not");
        for (String principalName : List.of("alice@corp.example", "alice@CORP.EXAMPLE", "alice", "Alice")) {
            ForgedPac named = other.principalName(principalName, Optional.empty(), alice);
            assertThat(verified(named.signed(PacSample.KEY)).user()).isEqualTo(alice);
        }
        assertThat(verified(other.principalName("a.smith@corp.example", Optional.of("alice"), alice)
                                .signed(PacSample.KEY))
                        .user())
                .isEqualTo(alice);
        for (String principalName : List.of("mallory@corp.example", "alice@other.example", "alice@", "")) {
            assertAuthorizationRefused(
                    other.principalName(principalName, Optional.of("a.smith"), alice), "is of the account a.smith");
        }
    }

    @Test
    void anEnterprisePrincipalIsAUserPrincipalName() throws MalformedPac {
        byte[] pac = new ForgedPac("alice@mail.example", AUTHENTICATED, DOMAIN, 1103)
                .account("a.smith")
                .principalName("alice@mail.example", Optional.empty(), DOMAIN.child(1103))
                .signed(PacSample.KEY);
        assertThat(Pac.read(pac)
                        .verified(SERVICE_KEY, "alice@mail.example", AUTHENTICATED)
                        .authorization(REALM)
                        .user())
                .isEqualTo(DOMAIN.child(1103));
    }

    /** Every account has this name, whatever its explicit user principal name is. */
    @Test
    void theImplicitUserPrincipalNameIsANameOfTheAccount() throws MalformedPac {
        Sid alice = DOMAIN.child(1103);
        for (String client : List.of("a.smith@corp.example", "A.Smith@CORP.EXAMPLE", "asmith@corp.example")) {
            byte[] pac = new ForgedPac(client, AUTHENTICATED, DOMAIN, 1103)
                    .account("a.smith")
                    .principalName("alice@mail.example", Optional.of("asmith"), alice)
                    .signed(PacSample.KEY);
            assertThat(Pac.read(pac)
                            .verified(SERVICE_KEY, client, AUTHENTICATED)
                            .authorization(REALM)
                            .user())
                    .isEqualTo(alice);
        }
        for (String client : List.of("a.smith@mail.example", "alice@corp.example", "@corp.example")) {
            byte[] pac = new ForgedPac(client, AUTHENTICATED, DOMAIN, 1103)
                    .account("a.smith")
                    .principalName("alice@mail.example", Optional.of("asmith"), alice)
                    .signed(PacSample.KEY);
            assertThatThrownBy(() -> Pac.read(pac)
                            .verified(SERVICE_KEY, client, AUTHENTICATED)
                            .authorization(REALM))
                    .hasMessageContaining("is of the account a.smith");
        }
    }

    @Test
    void aPacThatNamesTwoUsersIsRefused() throws MalformedPac {
        Sid alice = DOMAIN.child(1103);
        ForgedPac pac = new ForgedPac(CLIENT, AUTHENTICATED, DOMAIN, 1103);
        assertThat(verified(pac.requestor(alice).signed(PacSample.KEY)).user()).isEqualTo(alice);
        assertAuthorizationRefused(pac.requestor(DOMAIN.child(1104)), "requested by another user");
        assertAuthorizationRefused(pac.requestor(new Sid("S-1-5-21-9-9-9-1103")), "requested by another user");
        assertAuthorizationRefused(
                pac.principalName("alice@corp.example", Optional.of("alice"), DOMAIN.child(500)), "names two users");
        assertAuthorizationRefused(pac.with(18, new byte[3]), "cut off");
        assertAuthorizationRefused(pac.with(12, new byte[3]), "cut off");
    }

    @Test
    void theDelegatingServicesAreNamed() throws MalformedPac {
        ForgedPac pac = new ForgedPac(CLIENT, AUTHENTICATED, DOMAIN, 1103);
        assertThat(through(pac)).isEmpty();
        assertThat(through(pac.delegated("HTTP/portal"))).hasValue("HTTP/portal");
        assertThat(through(pac.delegated("HTTP/a", "svc-b@CORP.EXAMPLE"))).hasValue("HTTP/a, svc-b@CORP.EXAMPLE");
        assertThat(through(pac.delegated("a\nb"))).as("one line per event").hasValue("a?b");
        assertThat(through(pac.delegated())).hasValue("a service that is not named");
        assertThatThrownBy(() -> through(pac.with(11, new byte[7]))).isInstanceOf(MalformedPac.class);
    }

    @Test
    void aPacOfMitNamesTheClientButNoUser() throws MalformedPac {
        byte[] pac = new ForgedPac(CLIENT, AUTHENTICATED, DOMAIN, 1103).ofMit(PacSample.KEY);
        VerifiedPac verified = verified(pac, SERVICE_KEY);
        assertThat(verified.delegatedThrough()).isEmpty();
        assertThatThrownBy(() -> verified.authorization(REALM)).hasMessage("the PAC has no buffer 1");
    }

    private static Optional<String> through(ForgedPac pac) throws MalformedPac {
        return verified(pac.signed(PacSample.KEY), SERVICE_KEY).delegatedThrough();
    }

    private static void assertAuthorizationRefused(ForgedPac pac, String why) {
        assertThatThrownBy(() -> verified(pac.signed(PacSample.KEY)))
                .isInstanceOf(MalformedPac.class)
                .hasMessageContaining(why);
    }

    private static AuthorizationData verified(byte[] pac) throws MalformedPac {
        return verified(pac, SERVICE_KEY).authorization(REALM);
    }

    private static VerifiedPac verified(byte[] pac, ServiceKey key) throws MalformedPac {
        return Pac.read(pac).verified(key, CLIENT, AUTHENTICATED);
    }

    private static void assertRefused(byte[] pac, ServiceKey key, String why) {
        assertThatThrownBy(() -> verified(pac, key))
                .isInstanceOf(MalformedPac.class)
                .hasMessageContaining(why);
    }

    private static Set<Sid> setOf(Object... sids) {
        return Stream.of(sids)
                .map(sid -> sid instanceof Integer number ? DOMAIN.child(number) : new Sid((String) sid))
                .collect(Collectors.toSet());
    }
}
