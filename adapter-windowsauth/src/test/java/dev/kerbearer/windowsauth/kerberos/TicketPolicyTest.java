package dev.kerbearer.windowsauth.kerberos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.domain.identity.AuthorizationData;
import dev.kerbearer.domain.identity.Principal;
import dev.kerbearer.domain.identity.Sid;
import dev.kerbearer.windowsauth.der.MalformedToken;
import dev.kerbearer.windowsauth.kerberos.KerberosAcceptor.Outcome;
import dev.kerbearer.windowsauth.kerberos.KerberosAcceptor.Outcome.Accepted;
import dev.kerbearer.windowsauth.kerberos.KerberosAcceptor.Outcome.Rejected;
import dev.kerbearer.windowsauth.kerberos.TicketPolicy.PacUse;
import dev.kerbearer.windowsauth.pac.ForgedPac;
import dev.kerbearer.windowsauth.pac.PacSample;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kerby.kerberos.kerb.type.base.CheckSumType;
import org.apache.kerby.kerberos.kerb.type.base.EncryptionKey;
import org.apache.kerby.kerberos.kerb.type.base.EncryptionType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Tickets under the key of the service, and the further rules for them. */
class TicketPolicyTest {

    private static final String REALM = PacSample.REALM;
    private static final EncryptionKey KEY =
            new EncryptionKey(EncryptionType.AES256_CTS_HMAC_SHA1_96, PacSample.KEY, 3);
    private static final ForgedPac ALICE =
            new ForgedPac(PacSample.CLIENT, PacSample.AUTHENTICATED, PacSample.DOMAIN, 1103);
    private static final String NO_PAC = "the ticket has no PAC, which this realm's tickets need";
    private static final String BAD_PAC = "the ticket's PAC is not good";

    @TempDir
    Path folder;

    private Path keytab;
    private Set<String> transitedRealms = Set.of();
    private boolean delegatedTickets = true;

    @BeforeEach
    void aKeytab() {
        keytab = ForgedTicket.keytab(folder.resolve("http.keytab"), "HTTP/localhost@" + REALM, KEY);
    }

    private static ForgedTicket ticket() {
        return ForgedTicket.with(KEY)
                .client("alice", REALM)
                .service("HTTP/localhost", REALM)
                .authenticated(PacSample.AUTHENTICATED);
    }

    private Outcome outcome(PacUse use, ForgedTicket ticket) {
        try {
            return new KerberosAcceptor(
                            List.of(keytab),
                            Optional.empty(),
                            new TicketPolicy(
                                    Map.of(REALM, use, "OTHER.EXAMPLE", use), transitedRealms, delegatedTickets),
                            InstantSource.system())
                    .accept(NegotiateToken.read(ticket.raw()));
        } catch (MalformedToken e) {
            throw new AssertionError(e);
        }
    }

    private Accepted accepted(PacUse use, ForgedTicket ticket) {
        Outcome outcome = outcome(use, ticket);
        assertThat(outcome).isInstanceOf(Accepted.class);
        return (Accepted) outcome;
    }

    private void rejected(PacUse use, ForgedTicket ticket, String why, String detail) {
        assertThat(outcome(use, ticket)).isInstanceOfSatisfying(Rejected.class, rejected -> {
            assertThat(rejected.why()).isEqualTo(why);
            assertThat(rejected.detail().text()).contains(detail);
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"REQUIRED", "OPTIONAL"})
    void aPacOfADomainControllerIsAccepted(PacUse use) {
        AuthorizationData data = accepted(use, ticket().pac(PacSample.of("alice")))
                .authorization()
                .orElseThrow();
        assertThat(data.user()).isEqualTo(PacSample.DOMAIN.child(1103));
        assertThat(data.groups()).isNotEmpty();
    }

    /** The KDC gives mallory a ticket for "alice" without a PAC if mallory's user principal name is "alice". */
    @Test
    void aTicketWithoutAPacIsAcceptedOnlyWhereAPacIsOptional() {
        rejected(PacUse.REQUIRED, ticket(), NO_PAC, "of alice@CORP.EXAMPLE: the KDC added no PAC");
        assertThat(accepted(PacUse.OPTIONAL, ticket()).authorization()).isEmpty();
        assertThat(accepted(PacUse.WITHOUT_MEANING, ticket()).authorization()).isEmpty();
    }

    /** Otherwise a client with a damaged or old PAC could choose to be recognised by name. */
    @ParameterizedTest
    @EnumSource
    void aPacThatFailsACheckIsNeverTreatedAsMissing(PacUse use) {
        byte[] pac = PacSample.of("alice");
        byte[] anotherKey = Arrays.copyOf("another key of 32 bytes, or so".getBytes(StandardCharsets.US_ASCII), 32);
        byte[] changed = pac.clone();
        changed[changed.length / 2] ^= 1;
        rejected(
                use,
                ticket().pac(ForgedPac.signed(pac, CheckSumType.HMAC_SHA1_96_AES256, anotherKey)),
                BAD_PAC,
                "not signed with the key of the ticket");
        rejected(use, ticket().pac(changed), BAD_PAC, "not signed with the key of the ticket");
        for (byte[] none : new byte[][] {{}, new byte[100], Arrays.copyOf(pac, pac.length / 2)}) {
            rejected(use, ticket().pac(none), BAD_PAC, "of alice@CORP.EXAMPLE: ");
        }
        rejected(use, ticket().pac(pac).pac(pac), BAD_PAC, "several PACs");
    }

    /** A client cannot put the PAC of another client, or an older one of its own, into its ticket. */
    @ParameterizedTest
    @EnumSource
    void aPacOfAnotherTicketIsRefused(PacUse use) {
        byte[] pac = PacSample.of("alice");
        rejected(use, ticket().client("bob", REALM).pac(pac), BAD_PAC, "of another client than the ticket");
        rejected(
                use,
                ticket().authenticated(PacSample.AUTHENTICATED.plusSeconds(1)).pac(pac),
                BAD_PAC,
                "of another ticket");
    }

    @ParameterizedTest
    @EnumSource(names = {"REQUIRED", "OPTIONAL"})
    void aPacOfAnotherAccountIsRefused(PacUse use) {
        rejected(use, pac(ALICE.account("mallory")), BAD_PAC, "is of the account mallory");
        rejected(use, pac(ALICE.requestor(PacSample.DOMAIN.child(1104))), BAD_PAC, "requested by another user");
        rejected(use, ticket().pac(ALICE.ofMit(PacSample.KEY)), BAD_PAC, "has no buffer 1");
        accepted(use, pac(ALICE.requestor(PacSample.DOMAIN.child(1103))));
    }

    /** In a realm of local identities the name identifies the user, so it must be the account's own name. */
    @Test
    void aPacWithoutMeaningHasItsNameCheckedButNotItsSids() {
        for (byte[] pac : List.of(
                ALICE.signed(PacSample.KEY),
                ALICE.account("ALICE").signed(PacSample.KEY),
                ALICE.requestor(PacSample.DOMAIN.child(1104)).signed(PacSample.KEY),
                ALICE.ofMit(PacSample.KEY))) {
            assertThat(accepted(PacUse.WITHOUT_MEANING, ticket().pac(pac)))
                    .isEqualTo(new Accepted(
                            Principal.parse("alice@CORP.EXAMPLE"),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty()));
        }
        rejected(PacUse.WITHOUT_MEANING, pac(ALICE.with(1, new byte[3])), BAD_PAC, "of alice@CORP.EXAMPLE: ");
    }

    /** Mallory's account has the user principal name "alice" and requests a ticket under that name. */
    @Test
    void aLocalIdentityIsNotMatchedByTheAliasOfAnotherAccount() {
        ForgedPac mallory = ALICE.account("mallory");
        Sid sid = PacSample.DOMAIN.child(1103);
        for (ForgedPac pac : List.of(
                mallory,
                mallory.principalName("alice", Optional.empty(), sid),
                mallory.principalName("alice@corp.example", Optional.of("mallory"), sid))) {
            rejected(PacUse.WITHOUT_MEANING, pac(pac), BAD_PAC, "is of the account mallory, and its ticket is not");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDelegatedTicketNamesItsServiceAndCanBeRefused(PacUse use) {
        ForgedTicket ticket = pac(ALICE.delegated("HTTP/portal.corp.example"));
        assertThat(accepted(use, ticket).delegatedThrough()).hasValue("HTTP/portal.corp.example");
        assertThat(accepted(use, pac(ALICE)).delegatedThrough()).isEmpty();
        delegatedTickets = false;
        rejected(
                use,
                ticket,
                "the ticket was got by another service in the user's name, which is switched off",
                "obtained by HTTP/portal.corp.example, and kerbearer.negotiate.delegated-tickets is false");
        accepted(use, pac(ALICE));
        rejected(use, pac(ALICE.with(11, new byte[5])), BAD_PAC, "of alice@CORP.EXAMPLE: ");
    }

    private static ForgedTicket pac(ForgedPac pac) {
        return ticket().pac(pac.signed(PacSample.KEY));
    }

    /** The ticket states the client's realm separately, so no text has to be split. */
    @Test
    void anAtSignInANameOrRealmIsNoSeparator() {
        ForgedTicket realm = ForgedTicket.with(KEY).service("HTTP/localhost", REALM);
        assertThat(accepted(PacUse.REQUIRED, realm.client("alice", "EVIL@" + REALM))
                        .client())
                .as("an unknown realm")
                .isEqualTo(new Principal(List.of("alice"), "EVIL@" + REALM));
        assertThat(accepted(PacUse.OPTIONAL, realm.client(List.of("alice@EVIL"), REALM))
                        .client())
                .isEqualTo(new Principal(List.of("alice@EVIL"), REALM));
        assertThat(accepted(PacUse.REQUIRED, realm.client(List.of("alice\\"), "X@" + REALM))
                        .client()
                        .realm())
                .isEqualTo("X@" + REALM);
    }

    @Test
    void aComponentWithASlashIsNotSplit() {
        ForgedTicket ticket = ticket();
        assertThat(accepted(PacUse.OPTIONAL, ticket.client(List.of("host/box"), REALM))
                        .client())
                .isEqualTo(new Principal(List.of("host/box"), REALM))
                .hasToString("host\\/box@CORP.EXAMPLE");
        assertThat(accepted(PacUse.OPTIONAL, ticket.client(List.of("host", "box"), REALM))
                        .client())
                .isEqualTo(new Principal(List.of("host", "box"), REALM));
        assertThat(accepted(PacUse.OPTIONAL, ticket.client(List.of("host\\/box"), REALM))
                        .client()
                        .components())
                .containsExactly("host\\/box");
    }

    @Test
    void anInvalidClientNameIsRefused() {
        String why = "the token is no valid Kerberos ticket";
        rejected(PacUse.OPTIONAL, ticket().client(List.of("ali\nce"), REALM), why, "the client's name is not valid");
        for (List<String> name : List.of(List.of(""), List.of("a", ""))) {
            rejected(PacUse.OPTIONAL, ticket().client(name, REALM), why, "Empty nameString");
        }
    }

    @Test
    void aTicketOfAnotherRealmNeedsCheckedTransitedRealms() {
        ForgedTicket ticket = ticket().client("alice", "OTHER.EXAMPLE");
        String why = "the ticket came through realms that nobody has checked (transited)";
        rejected(
                PacUse.OPTIONAL,
                ticket,
                why,
                "add the realms that you trust to kerbearer.negotiate.transited-realms: OTHER.EXAMPLE");
        transitedRealms = Set.of("OTHER.EXAMPLE");
        accepted(PacUse.OPTIONAL, ticket);
        rejected(PacUse.OPTIONAL, ticket.transited("EVIL.EXAMPLE"), why, "transited-realms: EVIL.EXAMPLE");
        transitedRealms = Set.of("OTHER.EXAMPLE", "EXAMPLE", "HUB.EXAMPLE");
        accepted(PacUse.OPTIONAL, ticket.transited("EXAMPLE,HUB."));
        rejected(PacUse.OPTIONAL, ticket.transited("EXAMPLE,EVIL."), why, "transited-realms: EVIL.EXAMPLE");
        rejected(PacUse.OPTIONAL, ticket.transited("EXAMPLE,"), why, "cannot read");
        transitedRealms = Set.of();
        accepted(PacUse.OPTIONAL, ticket.transited("EVIL.EXAMPLE").transitChecked());
    }

    /** The list may be incomplete, so the ticket may have passed through other realms too. */
    @ParameterizedTest
    @CsvSource({"2, OTHER.EXAMPLE", "-1, OTHER.EXAMPLE", "0, OTHER.EXAMPLE", "2, ''", "1, 'OTHER.EXAMPLE,'", "1, \\"})
    void aForeignTicketWithUnreadableTransitedRealmsNeedsTheCheckOfItsKdc(int type, String realms) {
        transitedRealms = Set.of("OTHER.EXAMPLE");
        ForgedTicket ticket =
                ticket().client("alice", "OTHER.EXAMPLE").transitedType(type).transited(realms);
        rejected(
                PacUse.OPTIONAL,
                ticket,
                "the ticket came through realms that nobody has checked (transited)",
                "encodes them in a way that Kerbearer cannot read: let the KDC check them");
        accepted(PacUse.OPTIONAL, ticket.transitChecked());
        accepted(PacUse.OPTIONAL, ticket().transitedType(type).transited(realms));
    }

    /** The sender of a ticket can write any service realm into its unencrypted part. */
    @Test
    void theRealmOfTheServiceIsTheRealmOfItsKey() {
        String here = "HTTP/localhost@" + REALM;
        String there = "HTTP/localhost@OTHER.EXAMPLE";
        for (String written : List.of("OTHER.EXAMPLE", "other.example")) {
            ForgedTicket ticket = ticket().client("alice", "OTHER.EXAMPLE").service("HTTP/localhost", written);
            rejected(PacUse.OPTIONAL, ticket, "the ticket is for another service", "the ticket is for HTTP/localhost@");
        }
        keytab = ForgedTicket.keytab(keytab, Map.of(here, KEY, there, ForgedTicket.key(3)));
        ForgedTicket ticket = ticket().client("alice", "OTHER.EXAMPLE").service("HTTP/localhost", "OTHER.EXAMPLE");
        assertThat(outcome(PacUse.OPTIONAL, ticket)).isInstanceOf(Rejected.class);
        accepted(PacUse.OPTIONAL, ticket.client("alice", REALM).service("HTTP/localhost", REALM));
    }

    /** Either KDC can have made the ticket, and only one of them belongs to the client's realm. */
    @Test
    void underAKeyOfTwoRealmsTheTransitedRealmsMustBeCheckedWhateverRealmIsStated() {
        Map<String, EncryptionKey> hereFirst = new LinkedHashMap<>();
        hereFirst.put("HTTP/localhost@" + REALM, KEY);
        hereFirst.put("HTTP/localhost@OTHER.EXAMPLE", KEY);
        Map<String, EncryptionKey> thereFirst = new LinkedHashMap<>();
        thereFirst.put("HTTP/localhost@OTHER.EXAMPLE", KEY);
        thereFirst.put("HTTP/localhost@" + REALM, KEY);
        for (Map<String, EncryptionKey> keys : List.of(hereFirst, thereFirst)) {
            keytab = ForgedTicket.keytab(folder.resolve("http.keytab"), keys);
            for (String written : List.of(REALM, "OTHER.EXAMPLE")) {
                ForgedTicket ticket = ticket().client("alice", "OTHER.EXAMPLE").service("HTTP/localhost", written);
                rejected(
                        PacUse.OPTIONAL,
                        ticket,
                        "the ticket came through realms that nobody has checked (transited)",
                        "the KDC of CORP.EXAMPLE or OTHER.EXAMPLE has not checked");
                accepted(PacUse.OPTIONAL, ticket.transitChecked());
            }
        }
        transitedRealms = Set.of("OTHER.EXAMPLE");
        accepted(PacUse.OPTIONAL, ticket().client("alice", "OTHER.EXAMPLE"));
    }

    /** Active Directory writes its realm in upper case; the keytab has the case that was typed. */
    @Test
    void theHomeRealmIsRecognisedInAnyCase() {
        for (List<String> names : List.of(
                List.of("HTTP/localhost@corp.example"),
                List.of("HTTP/localhost@corp.example", "HTTP/localhost@" + REALM))) {
            Map<String, EncryptionKey> keys = new LinkedHashMap<>();
            names.forEach(name -> keys.put(name, KEY));
            keytab = ForgedTicket.keytab(keytab, keys);
            accepted(PacUse.OPTIONAL, ticket());
        }
    }

    /** The sender of a ticket chose its names, and they are written to the log. */
    @Test
    void loggedNamesAreShortAndPrintable() {
        String rightToLeft = "\u202e";
        ForgedTicket of = ticket().client(List.of("x".repeat(5_000)), "OTHER.EXAMPLE");
        String transited = Stream.iterate(1, i -> i + 1)
                .limit(200)
                .map(i -> i + rightToLeft + "\u2028" + "y".repeat(300))
                .collect(Collectors.joining(","));
        for (ForgedTicket ticket : List.of(
                of,
                of.transited(transited),
                ticket().client(List.of("x".repeat(5_000)), REALM).pac(new byte[3]),
                ticket().target("cifs/a" + rightToLeft + "x".repeat(5_000)),
                pac(ALICE.account("m" + rightToLeft)),
                ticket().service("cifs/" + "x".repeat(5_000), REALM))) {
            assertThat(outcome(PacUse.OPTIONAL, ticket))
                    .isInstanceOfSatisfying(
                            Rejected.class,
                            rejected -> assertThat(rejected.detail().text())
                                    .matches("[ -~]+")
                                    .hasSizeLessThan(4_000));
        }
        delegatedTickets = false;
        String[] services = Stream.iterate(0, i -> i + 1)
                .limit(12)
                .map(i -> "HTTP/p" + i + rightToLeft)
                .toArray(String[]::new);
        rejected(
                PacUse.OPTIONAL,
                pac(ALICE.delegated(services)),
                "the ticket was got by another service in the user's name, which is switched off",
                "obtained by HTTP/p0?, HTTP/p1?, ");
    }

    @Test
    void thePacOfATicketFromAnUnknownRealmIsNotRead() {
        ForgedTicket ticket = ticket().client("alice", "NOWHERE.EXAMPLE").pac(new byte[3]);
        assertThat(accepted(PacUse.REQUIRED, ticket).client().realm()).isEqualTo("NOWHERE.EXAMPLE");
    }

    @Test
    void theTimeOfTheAuthenticationIsReadToTheSecond() {
        Instant at = Instant.parse("2026-02-28T23:59:59Z");
        accepted(
                PacUse.REQUIRED,
                ticket().authenticated(at)
                        .pac(new ForgedPac("alice", at, PacSample.DOMAIN, 1103).signed(PacSample.KEY)));
    }
}
