import dev.kerbearer.application.directory.Directories;
import dev.kerbearer.application.grant.AuthorizeRequest;
import dev.kerbearer.application.grant.IssueGrant;
import dev.kerbearer.application.grant.RefreshGrant;
import dev.kerbearer.application.grant.RefreshRequest;
import dev.kerbearer.application.grant.RevokeGrant;
import dev.kerbearer.application.grant.VerifyToken;
import dev.kerbearer.application.signin.RefusedSignIns;
import dev.kerbearer.domain.audit.Act;
import dev.kerbearer.domain.audit.AuditEvent;
import dev.kerbearer.domain.audit.Origin;
import dev.kerbearer.domain.digest.Sha256;
import dev.kerbearer.domain.grant.Ending;
import dev.kerbearer.domain.grant.Grant;
import dev.kerbearer.domain.grant.GrantId;
import dev.kerbearer.domain.grant.GrantTokens;
import dev.kerbearer.domain.grant.IssuedGrant;
import dev.kerbearer.domain.grant.PresentedRefreshToken;
import dev.kerbearer.domain.grant.PresentedRefreshToken.State;
import dev.kerbearer.domain.grant.Rotation;
import dev.kerbearer.domain.grant.Successor;
import dev.kerbearer.domain.grant.TokenDigest;
import dev.kerbearer.domain.identity.Caller;
import dev.kerbearer.domain.identity.Identity;
import dev.kerbearer.domain.identity.PrefixedName;
import dev.kerbearer.domain.identity.Principal;
import dev.kerbearer.domain.identity.Provider;
import dev.kerbearer.domain.integration.AccessRule;
import dev.kerbearer.domain.integration.ApiIntegration;
import dev.kerbearer.domain.integration.ClientId;
import dev.kerbearer.domain.integration.GrantTerms;
import dev.kerbearer.domain.integration.ReuseLeeway;
import dev.kerbearer.domain.integration.TermsOverride;
import dev.kerbearer.domain.integration.TokenDefaults;
import dev.kerbearer.domain.integration.TokenForm;
import dev.kerbearer.domain.integration.TokenFormat;
import dev.kerbearer.domain.integration.TokenOverride;
import dev.kerbearer.domain.integration.Validity;
import dev.kerbearer.domain.key.ServerKey;
import dev.kerbearer.domain.key.ServerKeys;
import dev.kerbearer.domain.port.ApiIntegrations;
import dev.kerbearer.domain.port.AuditLog;
import dev.kerbearer.domain.port.Directory;
import dev.kerbearer.domain.port.Grants;
import dev.kerbearer.domain.port.RefreshTally;
import dev.kerbearer.domain.port.TokenCodec;
import dev.kerbearer.domain.refusal.Detail;
import dev.kerbearer.domain.refusal.Refusal;
import dev.kerbearer.domain.refusal.RefusedException;
import dev.kerbearer.domain.scope.Scope;
import dev.kerbearer.domain.secret.SecretSource;
import dev.kerbearer.domain.settings.Settings;
import dev.kerbearer.domain.signin.SignIn;
import dev.kerbearer.domain.signin.SignInDigest;
import dev.kerbearer.domain.version.Basis;
import dev.kerbearer.domain.version.Version;
import dev.kerbearer.domain.version.Versioned;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A separate token flow on Kerbearer's domain and use cases. The scheduler of a build farm seals a badge for each job,
 * and a job exchanges its badge once for a grant. The program needs no framework, no network and no database.
 */
public final class BadgeDesk {

    /** A way to sign in that Kerbearer does not know. The audit lines name it. */
    private static final Origin AT_THE_DESK = new Origin("127.0.0.1", new Origin.Method("BADGE"));

    private static final Origin WITH_ACCESS_TOKEN = new Origin("127.0.0.1", Origin.Method.BEARER);
    private static final Origin AT_REFRESH = new Origin("127.0.0.1", Origin.Method.REFRESH_TOKEN);

    private static final ClientId FARM = new ClientId("build-farm");
    private static final Identity NIGHTLY =
            new Identity(Provider.LOCAL, UUID.fromString("6b1f0c52-7d7c-4c1e-9a57-0f6f2f1f7a10"));

    private final SecretSource secrets = new SecureRandom()::nextBytes;
    private final Time time = new Time(Instant.parse("2026-11-24T20:00:00Z"));
    private final ServerKey key = ServerKey.of(secretBytes());
    private final Badges badges = new Badges(key);
    private final Journal journal = new Journal();
    private final Farm farm = new Farm(journal);
    private final OpaqueTokens tokens = new OpaqueTokens();
    private final GrantsInMemory grants = new GrantsInMemory(journal, time);
    private final Settings settings = new Settings(
            false,
            new GrantTerms(Validity.ofSeconds(3600), Validity.ofSeconds(86_400), true),
            ReuseLeeway.ofSeconds(30),
            new TokenDefaults(TokenFormat.OPAQUE, Validity.ofSeconds(3600)),
            Optional.empty());

    private final SignInByBadge signInByBadge = new SignInByBadge(badges, farm);
    private final IssueGrant issueGrant = new IssueGrant(
            () -> settings, farm, tokens, grants, new RefusedSignIns(journal, time), secrets, time);
    private final VerifyToken verifyToken = new VerifyToken(tokens, grants, time);
    private final RevokeGrant revokeGrant = new RevokeGrant(tokens, grants, time);
    private final RefreshGrant refreshGrant = new RefreshGrant(
            () -> settings,
            farm,
            new Directories(Map.of(Provider.LOCAL, farm), Map.of()),
            tokens,
            grants,
            journal,
            new ServerKeys(key, List.of()),
            secrets,
            journal,
            time);

    public static void main(String[] arguments) {
        new BadgeDesk().run();
    }

    private void run() {
        String badge = badges.seal("nightly");
        String scope = "artifact:publish";

        IssuedGrant first = issue(badge, scope);
        say(
                "a badge becomes a grant",
                first.grant().scope().asGranted() + " until " + first.grant().refreshUntil());
        refused("the same badge again", () -> issue(badge, scope));
        refused("a forged badge", () -> issue("nightly.1.00", scope));
        say(
                "the access token",
                verify(first) + " is valid for "
                        + verifyToken.verify(access(first)).scope().asGranted());

        IssuedGrant second = refresh(first);
        say("refreshed", "a new pair; the former access token is still valid: " + verify(first));
        IssuedGrant again = refresh(first);
        say(
                "the answer was lost, and the job asks again",
                "the same pair: " + access(again).equals(access(second)));

        time.passes(Duration.ofSeconds(31));
        refused("a thief presents the first refresh token", () -> refresh(first));
        refused("so the job's own refresh token is not valid any more", () -> refresh(second));
        refused("and its access token is not valid either", () -> verify(second));

        IssuedGrant other = issue(badges.seal("nightly"), scope);
        revokeGrant.revoke(access(other), WITH_ACCESS_TOKEN);
        refused("another grant is revoked", () -> verify(other));
        say("audit log", journal.actions().toString());
        say("ways to sign in", journal.methods().toString());
        say("counters", journal.counts());
    }

    private IssuedGrant issue(String badge, String scope) {
        AuthorizeRequest request =
                new AuthorizeRequest(Optional.of(FARM.value()), Optional.of(scope), Optional.empty());
        return issueGrant.issue(signInByBadge.signIn(badge), () -> request).issued();
    }

    private IssuedGrant refresh(IssuedGrant held) {
        String token = held.tokens().refresh().orElseThrow().reveal();
        return refreshGrant.refresh(new RefreshRequest(Optional.of(FARM.value()), Optional.of(token)), AT_REFRESH);
    }

    private String verify(IssuedGrant held) {
        return farm.nameOf(verifyToken.verify(access(held)).identity());
    }

    private String access(IssuedGrant held) {
        return tokens.encode(held);
    }

    private static void refused(String what, Runnable attempt) {
        try {
            attempt.run();
        } catch (RefusedException refused) {
            say(what, refused.refusal().code() + ": " + refused.refusal().description());
            return;
        }
        throw new AssertionError("not refused: " + what);
    }

    private static void say(String what, String outcome) {
        System.out.println(what + " -> " + outcome);
    }

    private byte[] secretBytes() {
        byte[] bytes = new byte[ServerKey.LENGTH];
        secrets.fill(bytes);
        return bytes;
    }

    /** What the sign-in step reads from a badge: a name, and the digest that recognises a replay of this sign-in. */
    private record ShownBadge(PrefixedName name, SignInDigest digest) {}

    /** Seals and reads badges. A badge is written {@code name.number.seal}. */
    private static final class Badges {

        private final ServerKey key;
        private int number;

        Badges(ServerKey key) {
            this.key = key;
        }

        String seal(String name) {
            String text = name + "." + ++number;
            return text + "." + sealOf(text);
        }

        ShownBadge read(String badge) {
            int seal = badge.lastIndexOf('.');
            if (seal < 0 || !sameDigest(sealOf(badge.substring(0, seal)), badge.substring(seal + 1))) {
                throw Refusal.signInFailed("the badge is not valid", new Detail("its seal is wrong"))
                        .asException();
            }
            PrefixedName name = new PrefixedName(Provider.LOCAL, badge.substring(0, badge.indexOf('.')));
            return new ShownBadge(name, new SignInDigest(digest(badge)));
        }

        private String sealOf(String text) {
            return HexFormat.of().formatHex(key.authenticate("badge", text.getBytes(StandardCharsets.UTF_8)));
        }

        /** Compares digests in constant time, so that the time does not reveal the seal. */
        private static boolean sameDigest(String one, String other) {
            return digest(one).equals(digest(other));
        }

        private static Sha256 digest(String text) {
            return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** The sign-in step of the flow: turns a badge into a sign-in of its holder. {@link IssueGrant} does the rest. */
    private record SignInByBadge(Badges badges, Directory directory) {

        SignIn signIn(String badge) {
            ShownBadge shown = badges.read(badge);
            return new SignIn(
                    holderOf(shown), () -> holderOf(shown), shown.digest(), AT_THE_DESK, Optional.empty());
        }

        private Caller holderOf(ShownBadge shown) {
            return directory
                    .find(shown.name())
                    .map(directory::recognise)
                    .filter(Directory.Recognition.Recognised.class::isInstance)
                    .map(found -> ((Directory.Recognition.Recognised) found).caller())
                    .orElseThrow(() -> Refusal.unhandledIdentity(new Detail("no job " + shown.name()))
                            .asException());
        }
    }

    /** Access tokens are the random characters themselves, without an encoding. */
    private static final class OpaqueTokens implements TokenCodec {

        /** Opaque tokens need no signing key. */
        @Override
        public void requireEncodable(TokenForm form) {}

        @Override
        public String encode(IssuedGrant issued) {
            return issued.tokens().access().reveal();
        }

        @Override
        public Optional<TokenDigest> digestOf(String presented) {
            return Optional.of(TokenDigest.ofPresented(presented));
        }
    }

    /** Stores grants in a map. The state machine of the domain decides the state of each token. */
    private static final class GrantsInMemory implements Grants {

        private final Map<GrantId, GrantTokens> kept = new HashMap<>();
        private final Set<SignInDigest> signIns = new HashSet<>();
        private final Journal journal;
        private final InstantSource clock;

        GrantsInMemory(Journal journal, InstantSource clock) {
            this.journal = journal;
            this.clock = clock;
        }

        @Override
        public synchronized Issuance issue(
                IssuedGrant issued, Basis basis, SignInDigest signIn, Act.ByHolder act) {
            if (!signIns.add(signIn)) {
                return Issuance.REPLAYED;
            }
            kept.put(issued.grant().id(), GrantTokens.of(issued));
            journal.write(AuditEvent.issued(act, issued.grant()));
            return Issuance.RECORDED;
        }

        @Override
        public synchronized Optional<Grant> findByAccessToken(TokenDigest token) {
            return kept.values().stream()
                    .flatMap(tokens -> tokens.ofAccessToken(token, clock.instant()).stream())
                    .findFirst();
        }

        @Override
        public synchronized Optional<PresentedRefreshToken> findByRefreshToken(TokenDigest token) {
            return kept.values().stream()
                    .flatMap(tokens -> tokens.stateOf(token, clock.instant()).stream()
                            .map(state -> new PresentedRefreshToken(tokens.grant(), state)))
                    .findFirst();
        }

        @Override
        public synchronized Rotation rotate(
                TokenDigest presented,
                Basis basis,
                Grant next,
                Successor successor,
                Duration leeway,
                Act.ByHolder act) {
            GrantTokens.Step step = kept.get(next.id()).rotate(presented, next, successor, leeway, clock.instant());
            kept.put(next.id(), step.after());
            if (step.outcome() instanceof Rotation.Rotated rotated) {
                journal.write(AuditEvent.refreshed(act, rotated.grant()));
            }
            return step.outcome();
        }

        @Override
        public synchronized boolean endReused(TokenDigest presented, Act.ByHolder act) {
            Optional<Grant> reused = findByRefreshToken(presented)
                    .filter(token -> token.state() == State.REUSED)
                    .map(PresentedRefreshToken::grant);
            reused.ifPresent(grant -> end(grant, AuditEvent.reused(act, grant)));
            return reused.isPresent();
        }

        @Override
        public synchronized void end(Grant grant, Ending ending, Act.ByHolder act) {
            end(grant, AuditEvent.ended(act, ending, grant));
        }

        private void end(Grant grant, AuditEvent event) {
            if (!kept.get(grant.id()).ended()) {
                kept.computeIfPresent(grant.id(), (id, tokens) -> tokens.end());
                journal.write(event);
            }
        }

        @Override
        public synchronized Optional<Grant> revoke(TokenDigest accessToken, Act.ByHolder act) {
            Optional<Grant> live = findByAccessToken(accessToken).filter(grant -> grant.accessIsLiveAt(act.at()));
            live.ifPresent(grant -> end(grant, Ending.REVOKED, act));
            return live;
        }
    }

    /** The jobs of the farm, and the one integration that gives them access. */
    private static final class Farm implements Directory, ApiIntegrations {

        private final Map<ClientId, ApiIntegration> integrations = new HashMap<>();
        /** The rules of the farm never change. */
        private static final Version ONLY = new Version(1);

        private final PrefixedName nightly = new PrefixedName(Provider.LOCAL, "nightly");
        private final Journal journal;

        Farm(Journal journal) {
            this.journal = journal;
            AccessRule rule = new AccessRule(NIGHTLY, Optional.empty(), TermsOverride.NONE);
            put(
                    new ApiIntegration(
                            FARM,
                            new ApiIntegration.Description("Build farm", "", "", ""),
                            Scope.parse("artifact:publish,delete"),
                            TermsOverride.NONE,
                            Optional.empty(),
                            TokenOverride.NONE,
                            true,
                            List.of(rule)),
                    Act.atTheStart(Origin.ofImport("BadgeDesk.java"), Instant.EPOCH));
        }

        String nameOf(Identity identity) {
            return identity.equals(NIGHTLY) ? nightly.toString() : "nobody";
        }

        @Override
        public Recognition recognise(Identity identity) {
            return identity.equals(NIGHTLY)
                    ? new Recognition.Recognised(new Caller(NIGHTLY, nightly, Set.of()))
                    : new Recognition.Unknown();
        }

        /** The farm has no Kerberos principals. */
        @Override
        public Recognition recognise(Principal principal) {
            return new Recognition.Unknown();
        }

        @Override
        public Optional<Identity> find(PrefixedName name) {
            return Optional.of(NIGHTLY).filter(job -> name.equals(nightly));
        }

        @Override
        public Optional<Versioned<ApiIntegration>> find(ClientId id) {
            return Optional.ofNullable(integrations.get(id)).map(found -> new Versioned<>(found, ONLY));
        }

        @Override
        public void put(ApiIntegration integration, Act.ByName act) {
            integrations.put(integration.id(), integration);
            journal.write(AuditEvent.integrationCreated(act, integration.id()));
        }
    }

    /** Keeps the audit lines and the counters in memory. */
    private static final class Journal implements AuditLog, RefreshTally {

        private final List<AuditEvent> lines = new ArrayList<>();
        private int repeated;
        private int reused;

        List<AuditEvent.Action> actions() {
            return lines.stream().map(AuditEvent::action).toList();
        }

        Set<Origin.Method> methods() {
            return lines.stream()
                    .map(line -> line.origin().method())
                    .collect(Collectors.toCollection(LinkedHashSet::new));
        }

        String counts() {
            return repeated + " repeated, " + reused + " reused";
        }

        @Override
        public void write(AuditEvent event) {
            lines.add(event);
        }

        /** A refused badge may be presented again, because a refusal does not use it up. */
        @Override
        public Sighting signInRefused(SignInDigest signIn, AuditEvent event) {
            write(event);
            return Sighting.FIRST;
        }

        @Override
        public void repeated() {
            repeated++;
        }

        @Override
        public void reused(boolean endedGrant) {
            reused++;
        }

        @Override
        public void reusedAndNotEnded(Throwable why) {
            reused++;
        }
    }

    /** A clock that the program sets. The use cases take their time from it. */
    private static final class Time implements InstantSource {

        private Instant now;

        Time(Instant start) {
            now = start;
        }

        void passes(Duration duration) {
            now = now.plus(duration);
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
