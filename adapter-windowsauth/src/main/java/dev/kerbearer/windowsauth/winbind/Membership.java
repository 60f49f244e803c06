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
 * The domain and name of this machine, which Samba states in a challenge of its own. A domain controller compares the
 * name that the client repeats with the name of the asking machine (CVE-2015-0005), so it must be Samba's. Looked up
 * until it is known.
 */
final class Membership implements AutoCloseable {

    private static final String PROTOCOL = "squid-2.5-ntlmssp";

    /** A negotiate message that offers Unicode and requests the target, so that the challenge names it. */
    private static final String ANY_NEGOTIATE = "TlRMTVNTUAABAAAABYIIogAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    private static final String CHALLENGE = "TT ";

    private final WinbindSettings settings;
    private final Domains domains;
    private final Conversations conversations = new Conversations(1);
    private final Outage outage;
    private volatile @Nullable Member known;

    /**
     * The membership.
     *
     * @param domain the domain of this machine
     * @param target the names for clients
     */
    record Member(Domain domain, TargetInformation target) {

        /** Returns whether the name is this machine's, which has local accounts, and not its domain's. */
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
     * @throws Unavailable if Samba does not state the domain, or no known domain matches
     */
    Member member() {
        Member member = known;
        return member == null ? memberFromNowOn() : member;
    }

    /** Looks the membership up. One caller asks, and the others wait for its result. */
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
        TargetInformation said = askSamba();
        // Short names are unique within one forest only.
        String name = said.dnsDomain().isEmpty() ? said.domain() : said.dnsDomain();
        Domain domain = domains.named(name).orElseThrow(() -> strange(name));
        return new Member(
                domain,
                TargetInformation.ofMember(
                        domain.netbiosName(), said.computer(), domain.dnsName(), said.dnsComputer()));
    }

    private static Unavailable strange(String domain) {
        return away(new IllegalStateException("Samba says that this machine is a member of " + domain + ", but no"
                + " directory, or more than one, is for that domain; is the machine joined, and is winbind running?"));
    }

    /** Returns whether the membership is unknown because the last lookup failed. */
    boolean isAway() {
        return known == null && outage.isKnown();
    }

    /** Returns the target information that Samba states, for any domain. */
    TargetInformation askSamba() {
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
            throw new IOException("ntlm_auth returned no challenge");
        }
        try {
            return TargetInformation.inChallenge(Base64.getDecoder()
                    .decode(answer.substring(CHALLENGE.length()).strip()));
        } catch (MalformedMessage | IllegalArgumentException nonsense) {
            throw new IOException("ntlm_auth returned an invalid challenge", nonsense);
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
