package dev.kerbearer.windowsauth.kerberos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.windowsauth.der.MalformedToken;
import dev.kerbearer.windowsauth.kerberos.KerberosAcceptor.Outcome;
import dev.kerbearer.windowsauth.kerberos.KerberosAcceptor.Outcome.Accepted;
import dev.kerbearer.windowsauth.kerberos.KerberosAcceptor.Outcome.Rejected;
import dev.kerbearer.windowsauth.kerberos.TicketPolicy.PacUse;
import dev.kerbearer.windowsauth.keytab.SharedKeys;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kerby.kerberos.kerb.type.base.EncryptionKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tickets and requests that were made for another service and sent to this one. */
class ServiceNameTest {

    private static final String REALM = "PRACTICE.EXAMPLE";
    private static final String SERVICE = "HTTP/localhost@" + REALM;
    private static final String FILES = "cifs/localhost@" + REALM;

    private final EncryptionKey http = ForgedTicket.key(3);
    private final EncryptionKey other = ForgedTicket.key(3);

    @TempDir
    Path folder;

    private Outcome outcome(ForgedTicket ticket, Optional<String> only, Path... keytabs) {
        try {
            return new KerberosAcceptor(
                            List.of(keytabs),
                            only,
                            new TicketPolicy(Map.of(REALM, PacUse.WITHOUT_MEANING), Set.of(), true),
                            InstantSource.system())
                    .accept(NegotiateToken.read(ticket.raw()));
        } catch (MalformedToken e) {
            throw new AssertionError(e);
        }
    }

    private Path keytab(String name, Map<String, EncryptionKey> keys) {
        return ForgedTicket.keytab(folder.resolve(name), keys);
    }

    private static void isForAnother(Outcome outcome, String detail) {
        assertThat(outcome).isInstanceOfSatisfying(Rejected.class, rejected -> {
            assertThat(rejected.why()).isEqualTo("the ticket is for another service");
            assertThat(rejected.detail().text()).contains(detail);
        });
    }

    /** The JDK tries every key if it has none for the name in the ticket. */
    @Test
    void aTicketUnderTheKeyOfAnotherServiceIsRefusedWhateverNameItStates() {
        Path files = keytab("files", Map.of(FILES, other));
        Path web = keytab("web", Map.of(SERVICE, http));
        ForgedTicket rewritten = ForgedTicket.with(other).service("HTTP/localhost");
        isForAnother(
                outcome(rewritten, Optional.empty(), files, web),
                "the ticket says that it is for " + SERVICE + ", and was made for " + FILES);
        isForAnother(outcome(rewritten, Optional.empty(), web, files), "was made for " + FILES);
        assertThat(outcome(ForgedTicket.with(http), Optional.empty(), files, web))
                .isInstanceOf(Accepted.class);
    }

    @Test
    void aKeyIsAcceptedIfOneKeytabHoldsItUnderAnAcceptedName() {
        Path files = keytab("files", Map.of(FILES, http));
        Path web = keytab("web", Map.of(SERVICE, http));
        assertThat(outcome(ForgedTicket.with(http), Optional.empty(), files, web))
                .isInstanceOf(Accepted.class);
        assertThat(outcome(ForgedTicket.with(http), Optional.empty(), web, files))
                .isInstanceOf(Accepted.class);
    }

    /** Windows ignores the case of names, and a keytab has the name as an administrator typed it. */
    @Test
    void aKeyIsAcceptedUnderAnHttpNameInAnyCase() {
        Path small = keytab("small", Map.of("http/LocalHost@" + REALM, http, FILES, other));
        for (String target : new String[] {"HTTP/localhost", "http/LocalHost@" + REALM}) {
            assertThat(outcome(ForgedTicket.with(http).target(target), Optional.empty(), small))
                    .isInstanceOf(Accepted.class);
        }
        assertThat(SharedKeys.otherNamesIn(
                        List.of(keytab("shared", Map.of("http/localhost@" + REALM, http, FILES, http)))))
                .containsExactly(FILES);
    }

    @Test
    void anAliasInNoKeytabDoesNotAcceptTicketsOfOtherServices() {
        Optional<String> alias = Optional.of("HTTP/alias");
        ForgedTicket ticket = ForgedTicket.with(other).service("HTTP/alias");
        isForAnother(outcome(ticket, alias, keytab("files", Map.of(FILES, other))), "was made for " + FILES);
        assertThat(outcome(ticket, alias, keytab("account", Map.of("svc-http@" + REALM, other))))
                .as("every name of the account uses the account's key")
                .isInstanceOf(Accepted.class);
        assertThat(outcome(ForgedTicket.with(http).service("HTTP/alias"), alias, keytab("web", Map.of(SERVICE, http))))
                .isInstanceOf(Accepted.class);
    }

    /** If services share a key, the ticket does not show its service, but the client's target name does. */
    @Test
    void underASharedKeyTheTargetOfTheClientDecides() {
        Path shared = keytab("shared", Map.of(SERVICE, http, FILES, http));
        ForgedTicket rewritten = ForgedTicket.with(http).service("HTTP/localhost");
        assertThat(outcome(rewritten, Optional.empty(), shared))
                .as("accepted, so the start and the doctor warn of shared keys")
                .isInstanceOf(Accepted.class);
        isForAnother(
                outcome(rewritten.target(FILES), Optional.empty(), shared),
                "the client signed in to " + FILES + ", and");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cifs/localhost",
                "ldap/localhost@PRACTICE.EXAMPLE",
                "HTTP/elsewhere@PRACTICE.EXAMPLE",
                "HTTP",
                "HTTP/",
                "localhost",
                "cifs/localhost\0",
                "HTTP/elsewhere:8080",
                "HTTP/:8080",
                "@PRACTICE.EXAMPLE",
                "HTTP/localhost/x"
            })
    void aRequestForAnotherServiceIsRefused(String target) {
        Path web = keytab("web", Map.of(SERVICE, http));
        isForAnother(outcome(ForgedTicket.with(http).target(target), Optional.empty(), web), "the client signed in to");
        isForAnother(
                outcome(
                        ForgedTicket.with(http)
                                .target("HTTP/localhost")
                                .bindingChannels()
                                .target(target),
                        Optional.of(SERVICE),
                        web),
                "the client signed in to");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/localhost",
                "HTTP/localhost@PRACTICE.EXAMPLE",
                "http/LocalHost@practice.example",
                "HTTP/localhost@OTHER.EXAMPLE",
                "HTTP/localhost\0",
                "HTTP/localhost@PRACTICE.EXAMPLE\0\0",
                "HTTP/localhost:8080",
                "HTTP/localhost.@PRACTICE.EXAMPLE",
                "",
                "\0"
            })
    void aRequestForThisServiceIsAcceptedInAnyForm(String target) {
        Path web = keytab("web", Map.of(SERVICE, http));
        for (String only : new String[] {"", "HTTP/localhost", SERVICE}) {
            assertThat(outcome(
                            ForgedTicket.with(http).target(target),
                            Optional.of(only).filter(name -> !name.isEmpty()),
                            web))
                    .isInstanceOf(Accepted.class);
        }
    }

    @Test
    void aTargetThatCannotBeReadIsRefused() {
        Path web = keytab("web", Map.of(SERVICE, http));
        isForAnother(
                outcome(ForgedTicket.with(http).target(new byte[] {'H', 0, 'T'}), Optional.empty(), web),
                "cannot be read");
    }

    @Test
    void aTicketForAnotherServiceClassIsRefusedWhateverTargetItsClientStates() {
        Path both = keytab("both", Map.of(SERVICE, http, FILES, other));
        isForAnother(
                outcome(
                        ForgedTicket.with(other).service("cifs/localhost").target("HTTP/localhost"),
                        Optional.empty(),
                        both),
                "the ticket is for " + FILES);
    }
}
