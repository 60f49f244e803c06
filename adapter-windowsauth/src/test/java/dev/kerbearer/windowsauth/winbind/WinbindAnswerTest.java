package dev.kerbearer.windowsauth.winbind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.domain.identity.Account.Block;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The exact answers of Samba 4.17 and other versions. */
class WinbindAnswerTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "When trying to update a password, this return status indicates that the value provided as the current"
                        + " password is not correct.",
                "The specified account does not exist.",
                "The attempted logon is invalid. This is either due to a bad username or authentication information.",
                "The user account has been automatically locked because too many invalid logon attempts or password"
                        + " change attempts have been requested.",
                "Indicates a referenced user name and authentication information are valid, but some user account"
                        + " restriction has prevented successful authentication (such as time-of-day restrictions).",
                "The user account has time restrictions and cannot be logged onto at this time.",
                "The user account is restricted so that it cannot be used to log on from the source workstation.",
                "The machine you are logging on to is protected by an authentication firewall. The specified account is"
                        + " not allowed to authenticate to the machine.",
                "The specified domain did not exist.",
                "NT_STATUS_WRONG_PASSWORD",
                "NT_STATUS_LOGON_FAILURE",
                "NT_STATUS_ACCOUNT_LOCKED_OUT",
                "Logon failure"
            })
    void aWrongPasswordOrNameIsRecognised(String said) throws Exception {
        assertThat(no(said)).isInstanceOf(WinbindAnswer.Wrong.class);
    }

    @ParameterizedTest
    @CsvSource({
        "DISABLED,The referenced account is currently disabled and cannot be logged on to.",
        "DISABLED,NT_STATUS_ACCOUNT_DISABLED",
        "EXPIRED,The user account has expired.",
        "MUST_CHANGE_PASSWORD,The user password must be changed before logging on the first time.",
        "MUST_CHANGE_PASSWORD,The user account password has expired.",
        "MUST_CHANGE_PASSWORD,NT_STATUS_PASSWORD_MUST_CHANGE"
    })
    void aRightPasswordOfABlockedAccountIsRecognised(Block block, String said) throws Exception {
        assertThat(no(said)).isEqualTo(new WinbindAnswer.Blocked(block));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Reading winbind reply failed!",
                "There are currently no logon servers available to service the logon request.",
                "{Access Denied} A process has requested access to an object but has not been granted those access"
                        + " rights.",
                "The RPC server is unavailable.",
                "The authentication failed because NTLM was blocked.",
                "NT_STATUS_NTLM_BLOCKED",
                "{Device Timeout} The specified I/O operation on %hs was not completed before the time-out period"
                        + " expired.",
                "The trust relationship between this workstation and the primary domain failed.",
                "something that no version has said yet"
            })
    void anOutageOfTheDomainIsRecognised(String said) throws Exception {
        assertThat(no(said)).isEqualTo(new WinbindAnswer.Away(said));
    }

    @Test
    void anAcceptanceWithoutASessionKeyIsARefusal() throws Exception {
        assertThat(WinbindAnswer.read(List.of("Authenticated: Yes"))).isInstanceOf(WinbindAnswer.Wrong.class);
        assertThat(WinbindAnswer.read(List.of("Authenticated: Yes", "User-Session-Key: " + "0A".repeat(16))))
                .isInstanceOf(WinbindAnswer.Right.class)
                .hasToString("Right[hidden]");
    }

    @Test
    void aLoggedAnswerIsOneShortLine() throws Exception {
        assertThat(no("wrong password\u001b[31m\u2028é" + "x".repeat(5000)))
                .isInstanceOfSatisfying(
                        WinbindAnswer.Wrong.class,
                        wrong -> assertThat(wrong.said())
                                .startsWith("wrong password?[31m??x")
                                .hasSizeLessThan(210));
    }

    private static WinbindAnswer no(String said) throws IOException {
        return WinbindAnswer.read(List.of("Authenticated: No", "Authentication-Error: " + said));
    }
}
