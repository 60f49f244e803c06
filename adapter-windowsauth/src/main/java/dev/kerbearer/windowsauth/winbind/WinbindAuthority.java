package dev.kerbearer.windowsauth.winbind;

import dev.kerbearer.domain.identity.Account;
import dev.kerbearer.domain.identity.PrefixedName;
import dev.kerbearer.domain.port.Unavailable;
import dev.kerbearer.domain.refusal.Detail;
import dev.kerbearer.windowsauth.ntlm.NtlmAuthority;
import dev.kerbearer.windowsauth.ntlm.NtlmProof;
import dev.kerbearer.windowsauth.ntlm.message.TargetInformation;
import dev.kerbearer.windowsauth.winbind.Membership.Member;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Checks passwords of the Windows domain of this machine, and of the domains that it trusts. */
public final class WinbindAuthority implements NtlmAuthority, AutoCloseable {

    /** No user principal name is longer, and version 2 answers are far shorter than the limit below. */
    private static final int LONGEST_NAME = 256;

    private static final int LONGEST_RESPONSE = 8192;

    private final WinbindSettings settings;
    private final Domains domains;
    private final Membership membership;
    private final NtlmAuthPool pool;
    private final QuantizedRefusals quantizedRefusals;

    /**
     * Creates the authority without starting a process.
     *
     * @param settings how to run winbind's program
     * @param domains the domains whose users are known here
     */
    public WinbindAuthority(WinbindSettings settings, Domains domains) {
        this(settings, domains, System::nanoTime);
    }

    WinbindAuthority(WinbindSettings settings, Domains domains, LongSupplier nanoTime) {
        this.settings = settings;
        this.domains = domains;
        this.membership = new Membership(settings, domains, nanoTime);
        this.pool = new NtlmAuthPool(settings, nanoTime);
        this.quantizedRefusals = new QuantizedRefusals(nanoTime);
    }

    @Override
    public TargetInformation target() {
        return membership.member().target();
    }

    @Override
    public Set<String> namesOfThisMachine() {
        TargetInformation target = membership.member().target();
        return Stream.of(target.computer(), target.dnsComputer())
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Returns the domain of this machine.
     *
     * @throws Unavailable if Samba does not state it, or no known domain matches
     */
    public Domain domain() {
        return membership.member().domain();
    }

    /** Returns whether an outage is known, without asking winbind. */
    public boolean isAway() {
        return pool.isAway() || membership.isAway();
    }

    /** Returns the path of the program. */
    public Path program() {
        return settings.program();
    }

    /** Returns whether the program exists and may be run. */
    public boolean canRun() {
        return settings.canRun();
    }

    /**
     * Asks winbind about a name that no account has.
     *
     * @return the error, if winbind gives no real answer
     * @throws Unavailable if winbind does not answer at all
     */
    public Optional<String> complaint() {
        WinbindAnswer answer =
                pool.ask(PasswordCheck.ofUnknownName(membership.askSamba().domain()));
        if (answer instanceof WinbindAnswer.Away away) {
            return Optional.of(away.said());
        }
        return answer instanceof WinbindAnswer.Wrong wrong && !StatusWords.isOfAnAccount(wrong.said())
                ? Optional.of(wrong.said())
                : Optional.empty();
    }

    @Override
    public Verdict check(NtlmProof proof) {
        if (!canBeAsked(proof)) {
            return new Verdict.Wrong(new Detail("the name or the response is invalid"));
        }
        Member member = membership.member();
        if (member.isCalled(proof.domain())) {
            return new Verdict.Wrong(new Detail("accounts of this machine are not accepted: " + proof));
        }
        Domain own = member.domain();
        long begun = quantizedRefusals.begin();
        WinbindAnswer answer = pool.ask(PasswordCheck.of(proof, own));
        if (answer instanceof WinbindAnswer.Wrong wrong) {
            quantizedRefusals.await(begun);
            return new Verdict.Wrong(new Detail("winbind says of " + proof + ": " + wrong.said()));
        }
        if (answer instanceof WinbindAnswer.Away away) {
            throw new Unavailable("directory", new IOException("winbind says of " + proof + ": " + away.said()));
        }
        if (answer instanceof WinbindAnswer.Blocked blocked) {
            return new Verdict.Blocked(new Account.Blocked(nameOf(proof), blocked.block()));
        }
        return new Verdict.Right(account(proof, own), ((WinbindAnswer.Right) answer).sessionKey());
    }

    /**
     * Returns whether winbind may be asked. A user without a name would be a guest, and a name cut off at a NUL would
     * be another user's.
     */
    private static boolean canBeAsked(NtlmProof proof) {
        String names = proof.domain() + proof.user();
        return !proof.user().isEmpty()
                && names.length() <= LONGEST_NAME
                && names.chars().noneMatch(Character::isISOControl)
                && proof.response().length <= LONGEST_RESPONSE;
    }

    private Account account(NtlmProof proof, Domain own) {
        try {
            return domainOf(proof, own)
                    .<Account>map(domain -> new Account.Named(new PrefixedName(domain.directory(), proof.user())))
                    .orElseGet(() -> new Account.Foreign(nameOf(proof)));
        } catch (IllegalArgumentException noName) {
            return new Account.Foreign(nameOf(proof));
        }
    }

    /**
     * Returns the user's domain. If the client names none, winbind asks the own domain; a user principal name then
     * tells the user's domain in its forest.
     */
    private Optional<Domain> domainOf(NtlmProof proof, Domain own) {
        if (!proof.domain().isEmpty()) {
            return named(proof.domain(), own);
        }
        return proof.suffix()
                .filter(suffix -> !own.isCalled(suffix))
                .map(suffix -> domains.ofSuffix(own, suffix))
                .orElse(Optional.of(own));
    }

    /**
     * Returns the domain of that name. A name that winbind takes for its own domain is the own domain, even if another
     * domain has it too.
     */
    private Optional<Domain> named(String name, Domain own) {
        return own.isCalled(name) ? Optional.of(own) : domains.named(name);
    }

    private static String nameOf(NtlmProof proof) {
        return proof.domain() + "\\" + proof.user();
    }

    /** Ends every process. */
    @Override
    public void close() {
        pool.close();
        membership.close();
    }
}
