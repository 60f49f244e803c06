package dev.kerbearer.windowsauth.winbind;

import dev.kerbearer.domain.port.Unavailable;
import dev.kerbearer.windowsauth.ntlm.message.MalformedMessage;
import dev.kerbearer.windowsauth.ntlm.message.TargetInformation;
import dev.kerbearer.windowsauth.outage.Outage;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Which domain this machine is a member of, under which name: Samba says it, in a challenge of its own. A domain controller
 * compares the name that the client repeats with the one of who asks it (CVE-2015-0005), so it must be Samba's. Asked until
 * it is known.
 */
final class Membership implements AutoCloseable {

    private static final String PROTOCOL = "squid-2.5-ntlmssp";

    /** A client that offers Unicode and asks for the target, and so is told of it. */
    private static final String ANY_NEGOTIATE = "TlRMTVNTUAABAAAABYIIogAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    private static final String CHALLENGE = "TT ";

    private final WinbindSettings settings;
    private final Domains domains;
    private final Conversations conversations = new Conversations(1);
    private final Outage outage;
    private volatile @Nullable Member known;

    /**
     * What is known.
     *
     * @param domain that it is a member of
     * @param target the same for clients
     */
    record Member(Domain domain, TargetInformation target) {

        /** Whether that is what this machine is called, which has accounts of its own, and not its domain. */
        boolean isCalled(String name) {
            boolean ofMachine = target.computer().equalsIgnoreCase(name)
                    || target.dnsComputer().equalsIgnoreCase(name);
            return ofMachine && !domain.isCalled(name);
        }
    }

    Membership(WinbindSettings settings, Domains domains, LongSupplier nanoTime) {
        this.settings = settings;
        this.domains = domains;
        this.outage = new Outage(nanoTime);
    }

    /**
     * @throws Unavailable where Samba does not say, or of no domain that is known here
     */
    Member member() {
        Member member = known;
        return member == null ? memberFromNowOn() : member;
    }

    /** One asks, and the others wait for what he hears. */
    private synchronized Member memberFromNowOn() {
        Member member = known;
        if (member != null) {
            return member;
        }
        boolean trying = outage.admit();
        try {
            Member learnt = learnt();
            known = learnt;
            return learnt;
        } catch (Unavailable away) {
            outage.failed(Optional.ofNullable(away.getCause()).orElse(away));
            throw away;
        } finally {
            if (trying) {
                outage.ended();
            }
        }
    }

    private Member learnt() {
        TargetInformation said = saidBySamba();
        // Short names are told apart within one forest only.
        String name = said.dnsDomain().isEmpty() ? said.domain() : said.dnsDomain();
        Domain domain = domains.named(name).orElseThrow(() -> strange(name));
        return new Member(
                domain,
                TargetInformation.ofMember(
                        domain.netbiosName(), said.computer(), domain.dnsName(), said.dnsComputer()));
    }

    private static Unavailable strange(String domain) {
        return away(new IllegalStateException("Samba says that this machine is of the domain " + domain
                + ", and no directory is of that, or more than one; is the machine joined, and does winbind run?"));
    }

    /** Whether the last that was heard is that it cannot be told. */
    boolean isAway() {
        return known == null && outage.isKnown();
    }

    /** As it says itself, of whatever domain. */
    TargetInformation saidBySamba() {
        try (NtlmAuthProcess process = NtlmAuthProcess.start(settings.program(), PROTOCOL)) {
            return target(conversations.hold(
                    () -> {
                        process.write(List.of("YR " + ANY_NEGOTIATE));
                        return process.line();
                    },
                    settings.timeout()));
        } catch (IOException | TimeoutException fault) {
            throw away(fault);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw away(stopped);
        }
    }

    private static TargetInformation target(String answer) throws IOException {
        if (!answer.startsWith(CHALLENGE)) {
            throw new IOException("ntlm_auth gives no challenge");
        }
        try {
            return TargetInformation.inChallenge(Base64.getDecoder()
                    .decode(answer.substring(CHALLENGE.length()).strip()));
        } catch (MalformedMessage | IllegalArgumentException nonsense) {
            throw new IOException("the challenge of ntlm_auth is none", nonsense);
        }
    }

    private static Unavailable away(Exception cause) {
        return new Unavailable("directory", cause);
    }

    @Override
    public void close() {
        conversations.close();
    }
}
