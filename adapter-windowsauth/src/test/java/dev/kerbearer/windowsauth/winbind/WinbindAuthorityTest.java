package dev.kerbearer.windowsauth.winbind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kerbearer.domain.identity.Account;
import dev.kerbearer.domain.identity.PrefixedName;
import dev.kerbearer.domain.identity.Provider;
import dev.kerbearer.domain.port.Unavailable;
import dev.kerbearer.windowsauth.ntlm.NtlmAuthority.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WinbindAuthorityTest {

    private static final Domain CORP = new Domain(new Provider("AD+ONE"), "CORP", "corp.example");
    private static final Domain LAB = new Domain(new Provider("AD+THREE"), "LAB", "lab.corp.example");

    /** A domain of a forest of its own. */
    private static final Domain OTHER = new Domain(new Provider("AD+TWO"), "OTHER", "other.example");

    private static final Duration LONG = Duration.ofMinutes(1);

    private NtlmAuthProgram program;
    private WinbindAuthority authority;

    @BeforeEach
    void aMemberOfCorp(@TempDir Path folder) {
        program = NtlmAuthProgram.in(
                folder,
                Map.of(
                        "mallory", NtlmAuthProgram.WRONG,
                        "bob", "no 'The referenced account is currently disabled and cannot be logged on to.'",
                        "nobody-home", "no 'Reading winbind reply failed!'",
                        "kerbearer-doctor-asks", "no 'The specified account does not exist.'"));
        authority = new WinbindAuthority(program.settings(2, LONG), new TwoForests());
    }

    @AfterEach
    void theEnd() {
        authority.close();
        program.awaitTheirEnd();
    }

    /** The service's own forest has a second domain, and a suffix for user names. */
    private static class TwoForests implements Domains {

        @Override
        public Optional<Domain> named(String name) {
            return Stream.of(CORP, LAB, OTHER)
                    .filter(domain -> domain.isCalled(name))
                    .findFirst();
        }

        @Override
        public Optional<Domain> ofSuffix(Domain asked, String suffix) {
            assertThat(asked).isEqualTo(CORP);
            return suffix.equals("people.example")
                    ? Optional.of(asked)
                    : named(suffix).filter(domain -> !domain.equals(OTHER));
        }
    }

    /** A domain controller compares the computer name with the name of the asking machine. */
    @Test
    void clientsGetTheNamesOfSambaAndTheDirectoryAndSambaIsAskedOnce() {
        for (int time = 0; time < 3; time++) {
            assertThat(authority.target().domain()).isEqualTo("CORP");
            assertThat(authority.target().computer()).isEqualTo("MEMBER");
            assertThat(authority.target().dnsDomain()).isEqualTo("corp.example");
            assertThat(authority.target().dnsComputer()).isEqualTo("member");
        }
        assertThat(program.lines("named")).hasSize(1);
        assertThat(program.started()).as("processes that check passwords").isEmpty();
    }

    @Test
    void aDomainWithoutADirectoryIsUnavailable() {
        try (WinbindAuthority stranger = new WinbindAuthority(program.settings(1, LONG), new TwoForests() {
            @Override
            public Optional<Domain> named(String name) {
                return Optional.empty();
            }
        })) {
            assertThatThrownBy(stranger::target)
                    .isInstanceOf(Unavailable.class)
                    .hasRootCauseMessage("Samba says that this machine is a member of CORP, but no directory, or more"
                            + " than one, is for that domain; is the machine joined, and is winbind running?");
            for (int time = 0; time < 30; time++) {
                assertThatThrownBy(() -> stranger.check(AnyProof.of("CORP", "alice")))
                        .isInstanceOf(Unavailable.class);
            }
            assertThat(program.lines("named"))
                    .as("asked for its name once per second")
                    .hasSizeLessThan(15);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "CORP,alice,AD+ONE:alice",
        "corp,ALICE,AD+ONE:ALICE",
        "corp.example,alice,AD+ONE:alice",
        "'',alice,AD+ONE:alice",
        "OTHER,alice,AD+TWO:alice",
        "OTHER,alice@other.example,AD+TWO:alice@other.example",
        "'',alice@corp.example,AD+ONE:alice@corp.example",
        "'',alice@lab.corp.example,AD+THREE:alice@lab.corp.example",
        "'',alice@people.example,AD+ONE:alice@people.example",
        "CORP,jürgen,AD+ONE:jürgen"
    })
    void aUserBelongsToTheDirectoryOfTheirDomain(String domain, String user, String name) {
        assertThat(right(domain, user)).isEqualTo(new Account.Named(PrefixedName.parse(name)));
    }

    @Test
    void aUserOfADomainWithoutADirectoryIsForeign() {
        assertThat(right("WORKGROUP", "alice")).isEqualTo(new Account.Foreign("WORKGROUP\\alice"));
    }

    /** The own domain accepted a user of its own forest whose name has the suffix of another forest. */
    @ParameterizedTest
    @ValueSource(strings = {"alice@other.example", "alice@OTHER", "alice@elsewhere.example", "alice@"})
    void aSuffixOfAnotherForestDoesNotMakeAUserOfThatForest(String user) {
        assertThat(right("", user)).isEqualTo(new Account.Foreign("\\" + user));
    }

    @Test
    void aUserWithoutADomainBelongsToTheDomainOfTheMachine() {
        right("", "alice");
        right("OTHER", "alice");
        assertThat(program.lines("asked"))
                .filteredOn(line -> line.startsWith("NT-Domain:: "))
                .containsExactly("NT-Domain:: Q09SUA==", "NT-Domain:: T1RIRVI=");
    }

    @Test
    void theLogHasTheReasonOfWinbindForAWrongPassword() {
        assertThat(authority.check(AnyProof.of("CORP", "mallory")))
                .isInstanceOfSatisfying(
                        Verdict.Wrong.class,
                        wrong -> assertThat(wrong.detail().text())
                                .startsWith("winbind says of CORP\\mallory: When trying to update a password"));
    }

    @Test
    void aBlockedAccountIsReportedIfThePasswordIsRight() {
        assertThat(authority.check(AnyProof.of("CORP", "bob")))
                .isEqualTo(new Verdict.Blocked(new Account.Blocked("CORP\\bob", Account.Block.DISABLED)));
    }

    @Test
    void anUnavailableWinbindIsAnUnavailableDirectory() {
        assertThatThrownBy(() -> authority.check(AnyProof.of("CORP", "nobody-home")))
                .isInstanceOfSatisfying(Unavailable.class, away -> {
                    assertThat(away.what()).isEqualTo("directory");
                    assertThat(away)
                            .rootCause()
                            .isInstanceOf(IOException.class)
                            .hasMessage("winbind says of CORP\\nobody-home: Reading winbind reply failed!");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ali\nce", "alice\0", "\u0007"})
    void anImpossibleNameIsNotLookedUp(String user) {
        assertThat(authority.check(AnyProof.of("CORP", user))).isInstanceOf(Verdict.Wrong.class);
        assertThat(authority.check(AnyProof.of("CORP", "a".repeat(300)))).isInstanceOf(Verdict.Wrong.class);
        assertThat(authority.check(AnyProof.of("CO\nRP", "alice"))).isInstanceOf(Verdict.Wrong.class);
        assertThat(program.started()).isEmpty();
    }

    /** winbind would look up the local accounts of Samba. */
    @ParameterizedTest
    @ValueSource(strings = {"MEMBER", "member"})
    void localAccountsOfTheMachineAreRefused(String domain) {
        assertThat(authority.check(AnyProof.of(domain, "alice"))).isInstanceOf(Verdict.Wrong.class);
        assertThat(program.started()).isEmpty();
    }

    /** Each of several forests may have a domain CORP, and winbind means its own. */
    @Test
    void theOwnDomainIsUsedEvenIfAnotherHasTheSameName() {
        try (WinbindAuthority withNamesake = new WinbindAuthority(program.settings(1, LONG), new TwoForests() {
            private boolean isKnown;

            @Override
            public Optional<Domain> named(String name) {
                boolean first = !isKnown;
                isKnown = true;
                return first ? Optional.of(CORP) : Optional.empty();
            }
        })) {
            assertThat(((Verdict.Right) withNamesake.check(AnyProof.of("corp", "alice"))).account())
                    .isEqualTo(new Account.Named(PrefixedName.parse("AD+ONE:alice")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"no 'The specified domain did not exist.'", "no NT_STATUS_NTLM_BLOCKED"})
    void anAnswerThatIsNotAboutAnAccountIsAComplaint(String words, @TempDir Path another) {
        NtlmAuthProgram blocked = NtlmAuthProgram.in(another, Map.of("kerbearer-doctor-asks", words));
        try (WinbindAuthority asked = new WinbindAuthority(blocked.settings(1, LONG), new TwoForests())) {
            assertThat(asked.complaint()).isPresent();
        }
        blocked.awaitTheirEnd();
    }

    @Test
    void anAnswerForAnUnknownUserShowsThatWinbindWorks() {
        assertThat(authority.complaint()).isEmpty();
    }

    @Test
    void refusalsAreDelayedToFixedIntervals() {
        long step = Duration.ofMillis(50).toNanos();
        assertThat(QuantizedRefusals.untilNextStep(0)).isEqualTo(step);
        assertThat(QuantizedRefusals.untilNextStep(1)).isEqualTo(step - 1);
        assertThat(QuantizedRefusals.untilNextStep(step - 1)).isOne();
        assertThat(QuantizedRefusals.untilNextStep(3 * step + 7)).isEqualTo(step - 7);
    }

    @Test
    void aProofIsNotShownAsText() {
        assertThat(PasswordCheck.of(AnyProof.of("CORP", "alice"), CORP)).hasToString("PasswordCheck[hidden]");
    }

    private Account right(String domain, String user) {
        return ((Verdict.Right) authority.check(AnyProof.of(domain, user))).account();
    }
}
