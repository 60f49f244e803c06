package dev.kerbearer.windowsauth.ntlm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.domain.guessing.ClientAddress;
import dev.kerbearer.windowsauth.ntlm.NtlmAcceptor.Outcome;
import dev.kerbearer.windowsauth.ntlm.message.MalformedMessage;
import dev.kerbearer.windowsauth.ntlm.message.TargetInformation;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An answer that a client made for another service is refused if that service relays it. */
class AnotherServiceTest {

    private static final Endpoints FROM_OUTSIDE = endpoints("10.0.0.9");
    private static final Endpoints WITHIN_THE_MACHINE = endpoints("127.0.0.1");

    private final AtomicInteger asked = new AtomicInteger();
    private final ServiceNames direct = names(true);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/auth.example.com",
                "http/AUTH.Example.COM",
                "HTTP/auth.example.com.",
                "HTTP/auth.example.com:8443",
                "HTTP/auth.example.com/auth.example.com",
                "HTTP/10.0.0.9",
                "HTTP/10.0.0.9:8443",
                "HTTP/2001:db8::7",
                "HTTP/[2001:DB8:0::7]",
                "HTTP/[2001:db8::7]:8443",
                "HTTP/member.corp.example",
                "HTTP/MEMBER",
                "HTTP/auth.example.com\0",
            })
    void anAnswerForThisServiceIsAccepted(String target) {
        assertThat(outcome(target, FROM_OUTSIDE)).isInstanceOf(Outcome.Accepted.class);
    }

    /** Windows sends an empty name if the program knows none; curl and Java send no name at all. */
    @Test
    void anAnswerWithoutAServiceNameIsAccepted() throws Exception {
        assertThat(outcome("", FROM_OUTSIDE)).isInstanceOf(Outcome.Accepted.class);
        assertThat(outcome(alice(), FROM_OUTSIDE, direct)).isInstanceOf(Outcome.Accepted.class);
        assertThat(outcome(alice().withoutMic(), FROM_OUTSIDE, direct)).isInstanceOf(Outcome.Accepted.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cifs/auth.example.com",
                "cifs/fileserver.corp.example",
                "HOST/auth.example.com",
                "ldap/dc.corp.example/corp.example",
                "HTTP/other.example.com",
                "HTTP/auth.example.com.evil.example",
                "HTTP/evil.example/auth.example.com",
                "HTTP/evil.example:auth.example.com",
                "HTTP/10.0.0.10",
                "HTTP/127.0.0.1",
                "HTTP/localhost",
                "HTTP/[::1]",
                "HTTP/",
                "HTTP",
                "auth.example.com",
                "/auth.example.com",
                " HTTP/auth.example.com",
                "HTTP/auth.example.com\0.evil.example",
                "HTTPS/auth.example.com",
                "\ud800",
            })
    void anAnswerForAnotherServiceIsRefusedBeforeThePasswordCheck(String target) {
        assertThat(outcome(target, FROM_OUTSIDE)).isInstanceOfSatisfying(Outcome.Rejected.class, rejected -> {
            assertThat(rejected.why()).isEqualTo("the sign-in was made for another service (target name)");
            assertThat(rejected.detail().text()).contains("\\alice", "kerbearer.ntlm.target-names");
        });
        assertThat(asked)
                .as("a relayed answer does not count as a password guess")
                .hasValue(0);
    }

    /** A client marks a name from an untrusted source. The same rule applies to a marked name. */
    @Test
    void aNameFromAnUntrustedSourceFollowsTheSameRule() throws Exception {
        assertThat(outcome(alice().to("HTTP/auth.example.com").fromUntrustedSource(), FROM_OUTSIDE, direct))
                .isInstanceOf(Outcome.Accepted.class);
        assertThat(outcome(alice().to("cifs/auth.example.com").fromUntrustedSource(), FROM_OUTSIDE, direct))
                .isInstanceOf(Outcome.Rejected.class);
    }

    /** A client on this machine may answer for localhost. From another machine, that name means the other machine. */
    @ParameterizedTest
    @ValueSource(strings = {"HTTP/localhost", "HTTP/localhost:8080", "HTTP/127.0.0.1"})
    void anAnswerForLocalhostIsAcceptedWithinTheMachineOnly(String target) {
        assertThat(outcome(target, WITHIN_THE_MACHINE)).isInstanceOf(Outcome.Accepted.class);
        assertThat(outcome(target, FROM_OUTSIDE)).isInstanceOf(Outcome.Rejected.class);
    }

    /** The connection shows the addresses between proxy and service, and a local proxy connects from localhost. */
    @ParameterizedTest
    @ValueSource(strings = {"HTTP/localhost", "HTTP/127.0.0.1", "HTTP/10.0.0.9"})
    void behindAProxyTheAddressesOfThisMachineAreNotAccepted(String target) throws Exception {
        for (Endpoints endpoints : new Endpoints[] {WITHIN_THE_MACHINE, FROM_OUTSIDE}) {
            assertThat(outcome(alice().to(target), endpoints, names(false))).isInstanceOf(Outcome.Rejected.class);
        }
        assertThat(outcome(alice().to("HTTP/auth.example.com"), WITHIN_THE_MACHINE, names(false)))
                .isInstanceOf(Outcome.Accepted.class);
    }

    @Test
    void aLoggedNameIsShortAndPrintable() {
        Outcome.Rejected rejected = (Outcome.Rejected) outcome("cifs/a\r\nb" + "x".repeat(10_000), FROM_OUTSIDE);
        assertThat(rejected.detail().text()).contains("cifs/a??bx").hasSizeLessThan(500);
    }

    private static Endpoints endpoints(String here) {
        return new Endpoints(ClientAddress.of("10.0.0.1"), Optional.of(here));
    }

    private static NtlmClient alice() {
        return NtlmClient.of("WORKGROUP", "alice", OnlyAlice.PASSWORD);
    }

    private static ServiceNames names(boolean addressesAreOurs) {
        return new ServiceNames(() -> Set.of("auth.example.com", "2001:db8::7"), addressesAreOurs);
    }

    private Outcome outcome(String target, Endpoints endpoints) {
        try {
            return outcome(alice().to(target), endpoints, direct);
        } catch (MalformedMessage e) {
            throw new AssertionError(e);
        }
    }

    private Outcome outcome(NtlmClient client, Endpoints endpoints, ServiceNames names) throws MalformedMessage {
        NtlmAcceptor acceptor =
                new NtlmAcceptor(new Member(), names, new SecureRandom()::nextBytes, InstantSource.system());
        NtlmHandshake handshake = acceptor.begin(client.negotiate());
        return acceptor.complete(handshake, client.authenticate(handshake.challengeBytes()), endpoints);
    }

    /** Knows alice and the names of this machine as a domain member. */
    private final class Member implements NtlmAuthority {

        private final OnlyAlice users = new OnlyAlice();

        @Override
        public TargetInformation target() {
            return users.target();
        }

        @Override
        public Set<String> namesOfThisMachine() {
            return Set.of("member", "member.corp.example");
        }

        @Override
        public Verdict check(NtlmProof proof) {
            asked.incrementAndGet();
            return users.check(proof);
        }
    }
}
