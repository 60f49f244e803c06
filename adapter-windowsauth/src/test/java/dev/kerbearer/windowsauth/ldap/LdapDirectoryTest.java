package dev.kerbearer.windowsauth.ldap;

import static dev.kerbearer.windowsauth.ldap.InMemoryDomain.DOMAIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kerbearer.domain.identity.AuthorizationData;
import dev.kerbearer.domain.identity.Caller;
import dev.kerbearer.domain.identity.Identity;
import dev.kerbearer.domain.identity.PrefixedName;
import dev.kerbearer.domain.identity.Principal;
import dev.kerbearer.domain.identity.Provider;
import dev.kerbearer.domain.identity.Sid;
import dev.kerbearer.domain.port.Directory;
import dev.kerbearer.domain.port.Directory.Recognition;
import dev.kerbearer.domain.port.Unavailable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LdapDirectoryTest {

    private static final Provider CORP = new Provider("AD+CORP");
    private static final Duration CACHE = Duration.ofMinutes(10);
    private static final Duration TIMEOUT = Duration.ofSeconds(8);
    private static final Instant NOW = Instant.parse("2026-11-09T21:07:25Z");

    private static final Identity ALICE = identity(1);
    private static final Identity USERS = identity(2);
    private static final Identity ADMINS = identity(3);
    /** The in-memory server compares identifiers as text, so all their bytes are ASCII letters. */
    private static final int ALICE_NUMBER = 0x5151;

    private static final int OTHER_NUMBER = 0x5152;
    private static final int USERS_NUMBER = 0x5153;
    private static final int ADMINS_NUMBER = 0x5154;

    private static final Sid USERS_SID = DOMAIN.child(USERS_NUMBER);
    private static final Sid ADMINS_SID = DOMAIN.child(ADMINS_NUMBER);
    private static final Sid FOREIGN = new Sid("S-1-5-21-9-9-9-2003");

    private final AtomicLong nanoTime = new AtomicLong();
    private InMemoryDomain domain;
    private ActiveDirectory corp;

    @BeforeEach
    void aDomain(@TempDir Path folder) throws Exception {
        domain = new InMemoryDomain(folder);
        domain.addGroup("pki-users", USERS.guid(), USERS_NUMBER);
        domain.addGroup("pki-admins", ADMINS.guid(), ADMINS_NUMBER);
        domain.addUser("alice", ALICE.guid(), ALICE_NUMBER, USERS_SID, FOREIGN);
        corp = open();
    }

    private ActiveDirectory open(URI... before) {
        return ActiveDirectory.of(domain.settings(CACHE, TIMEOUT, before), InstantSource.fixed(NOW), nanoTime::get);
    }

    @AfterEach
    void theEnd() {
        corp.close();
        domain.close();
    }

    @Test
    void aPrincipalIsTheUserOfThatLogonNameWithItsGroups() {
        assertThat(recognised(directory().recognise(principal("alice"))).identity())
                .isEqualTo(ALICE);
        assertThat(recognised(directory().recognise(principal("alice"))).groups())
                .as("a group of another domain does not count")
                .containsExactly(USERS);
        assertThat(recognised(directory().recognise(principal("alice"))).name()).hasToString("AD+CORP:alice");
        assertThat(directory().recognise(principal("nobody"))).isEqualTo(new Recognition.Unknown());
    }

    @Test
    void usersAndGroupsAreFoundByName() {
        assertThat(find("alice")).isEqualTo(ALICE);
        assertThat(find("pki-users")).isEqualTo(USERS);
        assertThat(directory().find(new PrefixedName(CORP, "nobody"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "al*",
                "alice)(objectClass=*",
                "*)(|(sAMAccountName=alice)",
                "\\2a",
                "alice\\00",
                "(sAMAccountName=alice)"
            })
    void aNameIsNeverReadAsAFilter(String name) {
        assertThat(directory().recognise(principal(name))).isEqualTo(new Recognition.Unknown());
        assertThat(directory().find(new PrefixedName(CORP, name))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"zürich", "O'Brien, \"Pat\"", "keys & (doors)", "a\\b#+<>;=", "日本", "=x "})
    void aNameMayContainSpecialCharacters(String name) throws Exception {
        domain.addUser(name, identity(7).guid(), OTHER_NUMBER, USERS_SID);
        assertThat(recognised(directory().recognise(principal(name))).groups()).containsExactly(USERS);
        assertThat(find(name)).isEqualTo(identity(7));
    }

    @Test
    void anEnterprisePrincipalIsAUserPrincipalName() throws Exception {
        domain.set("alice", "userPrincipalName", "alice.long@corp.example");
        assertThat(recognised(directory().recognise(principal("alice.long@corp.example")))
                        .identity())
                .isEqualTo(ALICE);
    }

    @Test
    void anAmbiguousPrincipalIsUnknown() throws Exception {
        domain.addUser("other", identity(7).guid(), OTHER_NUMBER);
        domain.set("other", "userPrincipalName", "alice@CORP.EXAMPLE");
        assertThat(directory().recognise(principal("alice"))).isEqualTo(new Recognition.Unknown());
    }

    /** A KDC issues tickets for a user principal name without a domain as if it were a logon name. */
    @Test
    void aUserPrincipalNameWithoutADomainCountsAsALogonName() throws Exception {
        domain.addUser("mallory", identity(7).guid(), OTHER_NUMBER);
        domain.set("mallory", "userPrincipalName", "alice");
        assertThat(directory().recognise(principal("alice")))
                .as("the ticket could belong to either user")
                .isEqualTo(new Recognition.Unknown());
        domain.set("mallory", "userPrincipalName", "nobodys-name");
        assertThat(recognised(directory().recognise(principal("nobodys-name"))).identity())
                .isEqualTo(identity(7));
        assertThat(recognised(directory().recognise(principal("alice"))).identity())
                .isEqualTo(ALICE);
    }

    /** A user who waits until alice is cached must not sign in under her name. */
    @Test
    void aNameThatBecomesAmbiguousIsUnknownAtOnce() throws Exception {
        recognised(directory().recognise(principal("alice")));
        domain.addUser("mallory", identity(7).guid(), OTHER_NUMBER);
        domain.set("mallory", "userPrincipalName", "alice");
        assertThat(directory().recognise(principal("alice"))).isEqualTo(new Recognition.Unknown());
        domain.goAway();
        assertUnavailable(() -> directory().recognise(principal("alice")));
    }

    @Test
    void aUserWhoSignedInByNameRecentlyCanSignInDuringAnOutage() throws Exception {
        recognised(directory().recognise(principal("alice")));
        domain.goAway();
        assertThat(recognised(directory().recognise(principal("alice"))).identity())
                .isEqualTo(ALICE);
        later(CACHE);
        assertUnavailable(() -> directory().recognise(principal("alice")));
    }

    @Test
    void aNameIsLookedUpByItsComponents() throws Exception {
        domain.set("alice", "userPrincipalName", "HTTP/auth@CORP.EXAMPLE");
        assertThat(recognised(directory().recognise(new Principal(List.of("HTTP", "auth"), "CORP.EXAMPLE")))
                        .identity())
                .isEqualTo(ALICE);
        assertThat(directory().recognise(new Principal(List.of("HTTP/auth"), "CORP.EXAMPLE")))
                .isEqualTo(new Recognition.Unknown());
        assertThat(directory().recognise(new Principal(List.of("HTTP/auth", "x"), "CORP.EXAMPLE")))
                .isEqualTo(new Recognition.Unknown());
    }

    @ParameterizedTest
    @CsvSource({
        "userAccountControl, 514, Disabled",
        "userAccountControl, 528, Recognised",
        "accountExpires, 116444736000000000, Expired",
        "accountExpires, 134387320450000000, Expired",
        "accountExpires, 134387320460000000, Recognised",
        "accountExpires, 0, Recognised",
        "pwdLastSet, 0, MustChangePassword",
        "msDS-User-Account-Control-Computed, 8388608, MustChangePassword",
        "msDS-User-Account-Control-Computed, 16, Recognised",
        "msDS-User-Account-Control-Computed, 0, Recognised"
    })
    void theAttributesOfAUserDecideIfTheyMaySignIn(String attribute, String value, String kind) throws Exception {
        domain.set("alice", attribute, value);
        assertThat(directory().recognise(principal("alice")).getClass().getSimpleName())
                .isEqualTo(kind);
        assertThat(directory().recognise(ALICE).getClass().getSimpleName()).isEqualTo(kind);
        assertThat(directory()
                        .recognise(principal("alice"), ticket(ALICE_NUMBER, USERS_SID))
                        .getClass()
                        .getSimpleName())
                .isEqualTo(kind);
    }

    @Test
    void aUserWhosePasswordNeverExpiresNeedNotChangeIt() throws Exception {
        domain.set("alice", "pwdLastSet", "0");
        domain.set("alice", "userAccountControl", String.valueOf(512 | 0x10000));
        recognised(directory().recognise(principal("alice")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"userAccountControl", "accountExpires", "pwdLastSet", "tokenGroups"})
    void anAttributeThatTheBindUserCannotReadIsNotGuessed(String attribute) throws Exception {
        domain.remove("alice", attribute);
        assertThatThrownBy(() -> directory().recognise(principal("alice")))
                .isInstanceOf(Unavailable.class)
                .hasStackTraceContaining("shows no " + attribute);
    }

    @Test
    void aRenamedUserKeepsTheirIdentityAndANewUserOfTheOldNameHasAnother() throws Exception {
        recognised(directory().recognise(principal("alice")));
        domain.rename("alice", "alicia");
        domain.addUser("alice", identity(7).guid(), OTHER_NUMBER);
        later(CACHE);
        assertThat(recognised(directory().recognise(principal("alicia"))).identity())
                .isEqualTo(ALICE);
        assertThat(recognised(directory().recognise(ALICE)).name()).hasToString("AD+CORP:alicia");
        assertThat(recognised(directory().recognise(principal("alice"))).identity())
                .isEqualTo(identity(7));
    }

    @Test
    void aTicketDistinguishesTwoUsersOfOneNameAtOnce() throws Exception {
        recognised(directory().recognise(principal("alice"), ticket(ALICE_NUMBER)));
        domain.rename("alice", "alicia");
        domain.addUser("alice", identity(7).guid(), OTHER_NUMBER);
        assertThat(recognised(directory().recognise(principal("alice"), ticket(OTHER_NUMBER)))
                        .identity())
                .isEqualTo(identity(7));
    }

    @Test
    void aDeletedUserIsUnknown() throws Exception {
        recognised(directory().recognise(ALICE));
        domain.delete("alice");
        later(CACHE);
        assertThat(directory().recognise(ALICE)).isEqualTo(new Recognition.Unknown());
        assertThat(directory().recognise(principal("alice"))).isEqualTo(new Recognition.Unknown());
        assertThat(directory().recognise(principal("alice"), ticket(ALICE_NUMBER)))
                .isEqualTo(new Recognition.Unknown());
    }

    @Test
    void aTicketIsTrustedForGroupsOfItsOwnDomain() {
        assertThat(recognised(directory().recognise(principal("alice"), ticket(ALICE_NUMBER, ADMINS_SID)))
                        .groups())
                .containsExactly(ADMINS);
    }

    @Test
    void aForeignGroupInATicketDoesNotCount() {
        Sid builtin = new Sid("S-1-5-32-544");
        assertThat(recognised(directory()
                                .recognise(
                                        principal("alice"), ticket(ALICE_NUMBER, FOREIGN, builtin, DOMAIN.child(9999))))
                        .groups())
                .isEmpty();
    }

    @Test
    void aTicketForAUserOfAnotherDomainIsUnknown() {
        AuthorizationData foreign = new AuthorizationData(new Sid("S-1-5-21-9-9-9-1001"), Set.of(ADMINS_SID));
        assertThat(directory().recognise(principal("alice"), foreign)).isEqualTo(new Recognition.Unknown());
    }

    @Test
    void aRefreshUsesTheGroupsOfTheDirectoryInsteadOfTheTicket() {
        recognised(directory().recognise(principal("alice"), ticket(ALICE_NUMBER, USERS_SID, ADMINS_SID)));
        assertThat(recognised(directory().recognise(ALICE)).groups()).containsExactly(USERS);
    }

    /** A user with the password of one account must not sign in as the other. */
    @Test
    void aUserOutsideTheBaseAlsoMakesANameAmbiguous() throws Exception {
        domain.addUser("mallory", identity(9).guid(), OTHER_NUMBER);
        domain.set("mallory", "userPrincipalName", "alice@corp.example");
        domain.moveOutOfUsers("mallory");
        try (ActiveDirectory users = ActiveDirectory.of(
                domain.settings(CACHE, TIMEOUT, Optional.of(InMemoryDomain.USERS)),
                InstantSource.fixed(NOW),
                nanoTime::get)) {
            assertThat(users.directory().find(new PrefixedName(CORP, "alice@corp.example")))
                    .isEmpty();
            assertThat(users.directory().find(new PrefixedName(CORP, "mallory")))
                    .isEmpty();
            assertThat(users.directory().recognise(principal("alice"))).isEqualTo(new Recognition.Unknown());
            assertThat(users.directory().find(new PrefixedName(CORP, "alice"))).hasValue(ALICE);
        }
    }

    @Test
    void aMissingBaseDoesNotMakeUsersLookDeleted() throws Exception {
        try (ActiveDirectory elsewhere = ActiveDirectory.of(
                domain.settings(CACHE, TIMEOUT, Optional.of("OU=nowhere,DC=corp,DC=example")),
                InstantSource.fixed(NOW),
                nanoTime::get)) {
            assertUnavailable(() -> elsewhere.directory().recognise(principal("alice")));
            assertUnavailable(() -> elsewhere.directory().recognise(ALICE));
        }
    }

    @Test
    void aUserMovedOutOfTheBaseCannotSignInButIsNotDeleted() throws Exception {
        try (ActiveDirectory users = ActiveDirectory.of(
                domain.settings(CACHE, TIMEOUT, Optional.of(InMemoryDomain.USERS)),
                InstantSource.fixed(NOW),
                nanoTime::get)) {
            recognised(users.directory().recognise(principal("alice")));
            domain.moveOutOfUsers("alice");
            later(CACHE);
            assertThat(users.directory().recognise(principal("alice"))).isEqualTo(new Recognition.Unknown());
            assertThat(users.directory().recognise(principal("alice"), ticket(ALICE_NUMBER)))
                    .isEqualTo(new Recognition.Unknown());
            assertThat(recognised(users.directory().recognise(ALICE)).groups()).containsExactly(USERS);
        }
    }

    @Test
    void aWarmSignInMakesNoQuery() {
        recognised(directory()
                .recognise(principal("alice"), ticket(ALICE_NUMBER, USERS_SID, ADMINS_SID, DOMAIN.child(9999))));
        recognised(directory().recognise(ALICE));
        int before = domain.searches();
        recognised(directory()
                .recognise(principal("alice"), ticket(ALICE_NUMBER, USERS_SID, ADMINS_SID, DOMAIN.child(9999))));
        recognised(directory().recognise(principal("alice"), ticket(ALICE_NUMBER, USERS_SID)));
        recognised(directory().recognise(ALICE));
        assertThat(domain.searches()).isEqualTo(before);
    }

    @Test
    void aUserInVeryManyGroupsIsReadInFewQueries() throws Exception {
        Sid[] many = new Sid[500];
        for (int i = 0; i < many.length; i++) {
            domain.addGroup("many-" + i, identity(3000 + i).guid(), 3000 + i);
            many[i] = DOMAIN.child(3000 + i);
        }
        domain.addUser("many", identity(7).guid(), OTHER_NUMBER, many);
        recognised(directory().recognise(principal("alice")));
        int before = domain.searches();
        assertThat(recognised(directory().recognise(principal("many"))).groups())
                .hasSize(500);
        assertThat(domain.searches() - before).isEqualTo(2 + 500 / 50);
    }

    @Test
    void aUserWhoSignedInRecentlyCanSignInDuringAnOutage() throws Exception {
        domain.addUser("bob", identity(7).guid(), OTHER_NUMBER);
        recognised(directory().recognise(principal("alice"), ticket(ALICE_NUMBER, USERS_SID)));
        domain.goAway();
        recognised(directory().recognise(principal("alice"), ticket(ALICE_NUMBER, USERS_SID)));
        assertThat(recognised(directory().recognise(ALICE)).groups()).containsExactly(USERS);
        assertUnavailable(() -> directory().recognise(principal("bob"), ticket(OTHER_NUMBER)));
        assertUnavailable(() -> directory().find(new PrefixedName(CORP, "alice")));
        later(CACHE);
        assertUnavailable(() -> directory().recognise(ALICE));
        assertThat(corp.answers(TIMEOUT)).isFalse();
    }

    @Test
    void aUserFoundByNameRecentlyIsFoundDuringAnOutageUnlessTheNameHasChanged() throws Exception {
        domain.addUser("bob", identity(7).guid(), OTHER_NUMBER);
        assertThat(find("alice")).isEqualTo(ALICE);
        assertThat(remembered("bob")).hasValue(identity(7));
        domain.set("bob", "sAMAccountName", "robert");
        assertThat(remembered("bob")).isEmpty();
        domain.goAway();
        assertThat(remembered("ALICE")).hasValue(ALICE);
        assertUnavailable(() -> find("alice"));
        assertUnavailable(() -> remembered("bob"));
        assertUnavailable(() -> remembered("robert"));
        later(CACHE);
        assertUnavailable(() -> remembered("alice"));
    }

    private Optional<Identity> remembered(String name) {
        return directory().findOrRemember(new PrefixedName(CORP, name));
    }

    @Test
    void theDirectoryRecoversByItself() throws Exception {
        domain.goAway();
        assertUnavailable(() -> directory().recognise(principal("alice")));
        domain.comeBack();
        later(Duration.ofSeconds(1));
        recognised(directory().recognise(principal("alice")));
        assertThat(corp.answers(TIMEOUT)).isTrue();
    }

    @Test
    void aDirectoryThatJustFailedIsNotTriedAgainAtOnce() throws Exception {
        domain.goAway();
        assertUnavailable(() -> directory().recognise(principal("alice")));
        domain.comeBack();
        assertUnavailable(() -> directory().recognise(principal("alice")));
    }

    @Test
    void theNextDomainControllerIsTriedIfOneIsUnavailableOrHangs() throws Exception {
        try (ServerSocket hangs = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                ActiveDirectory several = open(closedPort(), URI.create("ldaps://localhost:" + hangs.getLocalPort()))) {
            recognised(several.directory().recognise(principal("alice")));
        }
    }

    private static URI closedPort() throws IOException {
        try (ServerSocket closed = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            return URI.create("ldaps://localhost:" + closed.getLocalPort());
        }
    }

    @Test
    void aHangingDirectoryIsUnavailableAfterTheTimeout() throws Exception {
        try (ServerSocket hangs = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            domain.goAway();
            Duration brief = Duration.ofMillis(200);
            try (ActiveDirectory hanging = ActiveDirectory.of(
                    domain.settings(CACHE, brief, URI.create("ldaps://localhost:" + hangs.getLocalPort())),
                    InstantSource.fixed(NOW),
                    nanoTime::get)) {
                assertUnavailable(() -> hanging.directory().recognise(principal("alice")));
                assertThat(hanging.answers(brief)).isFalse();
            }
        }
    }

    private void assertUnavailable(Runnable question) {
        assertThatThrownBy(question::run)
                .isInstanceOfSatisfying(
                        Unavailable.class, away -> assertThat(away.what()).isEqualTo("directory"));
    }

    private Directory directory() {
        return corp.directory();
    }

    @Test
    void bothNamesOfTheDomainAreReadOnce() {
        assertThat(corp.names()).isEqualTo(new DomainNames("CORP", "corp.example"));
        int searches = domain.searches();
        assertThat(corp.names().netbios()).isEqualTo("CORP");
        assertThat(domain.searches()).isEqualTo(searches);
    }

    @Test
    void aUserIsAlsoFoundByTheirPrincipalName() throws Exception {
        assertThat(find("alice@corp.example"))
                .as("every user has an implicit principal name")
                .isEqualTo(ALICE);
        assertThat(directory().find(new PrefixedName(CORP, "alice@people.example")))
                .isEmpty();
        domain.set("alice", "userPrincipalName", "alice@people.example");
        assertThat(find("alice@people.example")).isEqualTo(ALICE);
        assertThat(find("alice@Corp.Example")).isEqualTo(ALICE);
        domain.addUser("other", identity(8).guid(), OTHER_NUMBER);
        domain.set("other", "userPrincipalName", "alice@corp.example");
        assertThat(directory().find(new PrefixedName(CORP, "alice@corp.example")))
                .as("an ambiguous name finds no user")
                .isEmpty();
    }

    /** Another domain may have a user with that principal name, and the checked password may be theirs. */
    @Test
    void inAForestOfSeveralDomainsOnlyAnExplicitPrincipalNameCounts() throws Exception {
        assertThat(find("alice@corp.example")).isEqualTo(ALICE);
        domain.addDomainOfTheForest("LAB", "DC=lab,DC=corp,DC=example", "lab.corp.example");
        assertThat(corp.names()).isEqualTo(new DomainNames("CORP", "corp.example"));
        assertThat(directory().find(new PrefixedName(CORP, "alice@corp.example")))
                .isEmpty();
        domain.set("alice", "userPrincipalName", "alice@corp.example");
        assertThat(find("alice@corp.example")).isEqualTo(ALICE);
        assertThat(find("alice")).isEqualTo(ALICE);
    }

    private Identity find(String name) {
        return directory().find(new PrefixedName(CORP, name)).orElseThrow();
    }

    private void later(Duration time) {
        nanoTime.addAndGet(time.toNanos());
    }

    private static Caller recognised(Recognition recognition) {
        assertThat(recognition).isInstanceOf(Recognition.Recognised.class);
        return ((Recognition.Recognised) recognition).caller();
    }

    private static Principal principal(String name) {
        return new Principal(List.of(name), "CORP.EXAMPLE");
    }

    private static AuthorizationData ticket(int user, Sid... groups) {
        return new AuthorizationData(DOMAIN.child(user), Set.of(groups));
    }

    private static Identity identity(int number) {
        return new Identity(CORP, new UUID(0x0102030405064708L, 0x8000000000000000L | number));
    }
}
