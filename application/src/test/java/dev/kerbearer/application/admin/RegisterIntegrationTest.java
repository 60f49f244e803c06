package dev.kerbearer.application.admin;

import static dev.kerbearer.domain.Samples.ALICE;
import static dev.kerbearer.domain.Samples.CLIENT;
import static dev.kerbearer.domain.Samples.NOW;
import static dev.kerbearer.domain.Samples.localName;
import static dev.kerbearer.domain.Samples.rule;
import static dev.kerbearer.domain.Samples.terms;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kerbearer.application.directory.Directories;
import dev.kerbearer.domain.audit.Origin;
import dev.kerbearer.domain.identity.Identity;
import dev.kerbearer.domain.identity.LocalIdentity;
import dev.kerbearer.domain.identity.PrefixedName;
import dev.kerbearer.domain.identity.Principal;
import dev.kerbearer.domain.identity.Provider;
import dev.kerbearer.domain.integration.AccessRule;
import dev.kerbearer.domain.integration.ApiIntegration;
import dev.kerbearer.domain.integration.ApiIntegration.Description;
import dev.kerbearer.domain.integration.Audience;
import dev.kerbearer.domain.integration.ReuseLeeway;
import dev.kerbearer.domain.integration.TermsOverride;
import dev.kerbearer.domain.integration.TokenFormat;
import dev.kerbearer.domain.integration.TokenOverride;
import dev.kerbearer.domain.port.Directory;
import dev.kerbearer.domain.port.InMemoryStorage;
import dev.kerbearer.domain.port.InMemoryTrusteeNames;
import dev.kerbearer.domain.port.TrusteeNames;
import dev.kerbearer.domain.port.Unavailable;
import dev.kerbearer.domain.scope.Scope;
import dev.kerbearer.domain.version.Versioned;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RegisterIntegrationTest {

    private static final Origin IMPORT = Origin.ofImport("/etc/kerbearer/integrations.json");

    private final InMemoryStorage storage = new InMemoryStorage();
    private final TrusteeNames trusteeNames = new InMemoryTrusteeNames();
    private final RegisterIntegration useCase = with(Map.of(Provider.LOCAL, storage));

    @BeforeEach
    void aliceIsKnown() {
        storage.put(
                new LocalIdentity(
                        localName("alice"), Optional.of(ALICE.guid()), Set.of(), Set.of(localName("operators")), true),
                NOW);
    }

    @Test
    void trusteesAreResolvedByNameOrTakenByUniversalId() {
        useCase.register(
                definition("local:alice", "AD+CORP:{de3944a8-3479-4450-b412-0dacd642017d}", "local:operators"), IMPORT);
        assertThat(access())
                .extracting(rule -> rule.trustee().toString())
                .containsExactly(
                        ALICE.toString(),
                        "AD+CORP:{de3944a8-3479-4450-b412-0dacd642017d}",
                        storage.find(localName("operators")).orElseThrow().toString());
    }

    @Test
    void withoutAnAccessListTheStoredListStays() {
        useCase.register(definition(), IMPORT);
        assertThat(access()).isEmpty();
        useCase.register(definition("local:alice"), IMPORT);
        useCase.register(withoutAccess(), IMPORT);
        assertThat(access()).containsExactly(rule(ALICE));
        useCase.register(definition(), IMPORT);
        assertThat(access()).isEmpty();
    }

    @Test
    void theErrorNamesATrusteeThatNoProviderKnows() {
        refuses("local:nobody", "no provider knows the trustee local:nobody");
        refuses("AD+CORP:alice", "no provider knows the trustee AD+CORP:alice");
        refuses("alice", "alice has no provider before it");
    }

    @Test
    void aTrusteeMayBeNamedOnceOnly() {
        assertThatThrownBy(() -> useCase.register(definition("local:alice", ALICE.toString()), IMPORT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("named twice: access[0] is local:alice, and access[1] is " + ALICE);
        assertThat(storage.find(CLIENT)).isEmpty();
    }

    @Test
    void everythingInADefinitionIsStored() {
        Description description = new Description("Name", "text", "vendor", "https://example.org");
        IntegrationDefinition.Rule rule = new IntegrationDefinition.Rule(
                "local:alice", Optional.of(Scope.parse("certificate")), terms(1, 2, true));
        useCase.register(
                new IntegrationDefinition(
                        CLIENT,
                        description,
                        Scope.parse("ssh;certificate:manage"),
                        terms(60, 600, false),
                        Optional.of(ReuseLeeway.ofSeconds(7)),
                        new TokenOverride(
                                Optional.of(TokenFormat.JWT), Optional.of(new Audience("https://api.example"))),
                        false,
                        Optional.of(List.of(rule))),
                IMPORT);
        assertThat(storage.find(CLIENT).map(Versioned::value))
                .contains(new ApiIntegration(
                        CLIENT,
                        description,
                        Scope.parse("ssh;certificate:manage"),
                        terms(60, 600, false),
                        Optional.of(ReuseLeeway.ofSeconds(7)),
                        new TokenOverride(
                                Optional.of(TokenFormat.JWT), Optional.of(new Audience("https://api.example"))),
                        false,
                        List.of(rule(ALICE, "certificate", terms(1, 2, true)))));
    }

    @Test
    void anUnavailableDirectoryKeepsRulesThatWereResolvedEarlier() {
        RegisterIntegration there = with(Map.of(CORP, new Corp(false)));
        RegisterIntegration away = with(Map.of(CORP, new Corp(true)));
        assertThat(there.register(definition("AD+CORP:pki-users"), IMPORT).unresolved())
                .isEmpty();
        assertThat(away.register(definition("AD+CORP:pki-users", "AD+CORP:pki-admins"), IMPORT)
                        .unresolved())
                .containsExactly(PrefixedName.parse("AD+CORP:pki-admins"));
        assertThat(access()).containsExactly(rule(USERS));
        assertThat(there.register(definition("AD+CORP:pki-users", "AD+CORP:pki-admins"), IMPORT)
                        .unresolved())
                .isEmpty();
        assertThat(access()).containsExactlyInAnyOrder(rule(USERS), rule(ADMINS));
    }

    /** The local directory is always available, so its names need not be remembered. */
    @Test
    void localNamesAreNotRemembered() {
        useCase.register(definition("local:alice"), IMPORT);
        assertThat(trusteeNames.find(localName("alice"))).isEmpty();
    }

    /** The name may belong to another identity by now. */
    @Test
    void aRememberedNameWithoutAccessGetsNoneBesideANameWithAccess() {
        there().register(definition("AD+CORP:pki-users"), IMPORT);
        trusteeNames.remember(PrefixedName.parse("AD+CORP:pki-admins"), ADMINS);
        assertThat(away().register(definition("AD+CORP:pki-users", "AD+CORP:pki-admins"), IMPORT)
                        .unresolved())
                .containsExactly(PrefixedName.parse("AD+CORP:pki-admins"));
        assertThat(access()).containsExactly(rule(USERS));
    }

    @Test
    void anIntegrationThatIsNoLongerRegisteredIsNotResumed() {
        Registration waiting = away().register(definition("AD+CORP:pki-users"), IMPORT);
        assertThat(new ResumeRegistration(new InMemoryStorage(), there(), InstantSource.fixed(NOW)).resume(waiting))
                .isEmpty();
    }

    @Test
    void resumingDoesNotEnableAnIntegrationThatWasDisabledMeanwhile() {
        Registration waiting = away().register(definition("AD+CORP:pki-users", "local:alice"), IMPORT);
        there().register(definition(false, definition("local:alice").access()), IMPORT);
        assertThat(resume(there(), waiting)).isEmpty();
        assertThat(storage.find(CLIENT).orElseThrow().value().enabled()).isFalse();
    }

    @Test
    void aRememberedNameGetsNoAccessInANewListWhileTheDirectoryIsUnavailable() {
        trusteeNames.remember(PrefixedName.parse("AD+CORP:pki-users"), USERS);
        assertThat(with(Map.of(CORP, new Corp(true)))
                        .register(definition("AD+CORP:pki-users"), IMPORT)
                        .unresolved())
                .hasSize(1);
        assertThat(access()).isEmpty();
    }

    @Test
    void aTrusteeThatIsNamedTwiceIsRefusedEvenIfTheDirectoryIsUnavailable() {
        assertThatThrownBy(() -> with(Map.of(CORP, new Corp(true)))
                        .register(definition("AD+CORP:pki-users", "AD+CORP:pki-users"), IMPORT))
                .hasMessageContaining("named twice");
    }

    @Test
    void aNameThatAnAvailableDirectoryDoesNotKnowIsAnError() {
        assertThatThrownBy(() -> with(Map.of(CORP, new Corp(false))).register(definition("AD+CORP:nobody"), IMPORT))
                .hasMessage("no provider knows the trustee AD+CORP:nobody");
    }

    @Test
    void aWaitingNameIsResolvedOnceTheDirectoryIsAvailable() {
        Registration waiting = away().register(definition("AD+CORP:pki-users", "local:alice"), IMPORT);
        assertThat(resume(away(), waiting).orElseThrow().unresolved()).hasSize(1);
        assertThat(access()).containsExactly(rule(ALICE));
        assertThat(resume(there(), waiting).orElseThrow().unresolved()).isEmpty();
        assertThat(access()).containsExactlyInAnyOrder(rule(USERS), rule(ALICE));
    }

    @Test
    void aNameThatAnotherNodeHasResolvedIsNotWaitedFor() {
        IntegrationDefinition definition = definition("AD+CORP:pki-users", "AD+CORP:pki-admins");
        Registration waiting = away().register(definition, IMPORT);
        there().register(definition, IMPORT);
        assertThat(resume(away(), waiting).orElseThrow().unresolved()).isEmpty();
        assertThat(access()).containsExactlyInAnyOrder(rule(USERS), rule(ADMINS));
    }

    /** Another node that starts later with another file stores the newer definition. */
    @Test
    void aWaitingDefinitionDoesNotUndoANewerOne() {
        Registration waiting = away().register(definition("AD+CORP:pki-users", "local:alice"), IMPORT);
        there().register(disabled(), IMPORT);
        assertThat(resume(there(), waiting)).isEmpty();
        assertThat(storage.find(CLIENT).orElseThrow().value().enabled()).isFalse();
        assertThat(access()).isEmpty();
    }

    @Test
    void aWaitingAccessListDoesNotUndoANewerOne() {
        Registration waiting = away().register(definition("AD+CORP:pki-users", "local:alice"), IMPORT);
        there().register(definition("AD+CORP:pki-users"), IMPORT);
        assertThat(resume(there(), waiting)).isEmpty();
        assertThat(access()).containsExactly(rule(USERS));
    }

    private Optional<Registration> resume(RegisterIntegration with, Registration earlier) {
        return new ResumeRegistration(storage, with, InstantSource.fixed(NOW)).resume(earlier);
    }

    private RegisterIntegration there() {
        return with(Map.of(CORP, new Corp(false), Provider.LOCAL, storage));
    }

    private RegisterIntegration away() {
        return with(Map.of(CORP, new Corp(true), Provider.LOCAL, storage));
    }

    private RegisterIntegration with(Map<Provider, Directory> directories) {
        return new RegisterIntegration(
                storage, new Directories(directories, Map.of()), trusteeNames, InstantSource.fixed(NOW));
    }

    private static final Provider CORP = new Provider("AD+CORP");
    private static final Identity USERS = new Identity(CORP, UUID.fromString("00000000-0000-4000-8000-00000000000a"));
    private static final Identity ADMINS = new Identity(CORP, UUID.fromString("00000000-0000-4000-8000-00000000000b"));

    /** A directory of two groups, which may be unavailable. */
    private record Corp(boolean away) implements Directory {

        @Override
        public Recognition recognise(Principal principal) {
            throw new AssertionError("nobody signs in here");
        }

        @Override
        public Recognition recognise(Identity identity) {
            throw new AssertionError("nobody signs in here");
        }

        @Override
        public Optional<Identity> find(PrefixedName name) {
            if (away) {
                throw new Unavailable("directory", new IllegalStateException("away"));
            }
            return Optional.ofNullable(
                    Map.of("pki-users", USERS, "pki-admins", ADMINS).get(name.name()));
        }
    }

    private void refuses(String trustee, String message) {
        assertThatThrownBy(() -> useCase.register(definition(trustee), IMPORT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    private List<AccessRule> access() {
        return storage.find(CLIENT).orElseThrow().value().access();
    }

    private static IntegrationDefinition definition(String... trustees) {
        List<IntegrationDefinition.Rule> rules = Arrays.stream(trustees)
                .map(trustee -> new IntegrationDefinition.Rule(trustee, Optional.empty(), TermsOverride.NONE))
                .toList();
        return definition(Optional.of(rules));
    }

    private static IntegrationDefinition withoutAccess() {
        return definition(Optional.empty());
    }

    private static IntegrationDefinition disabled() {
        return definition(false, Optional.of(List.of()));
    }

    private static IntegrationDefinition definition(Optional<List<IntegrationDefinition.Rule>> access) {
        return definition(true, access);
    }

    private static IntegrationDefinition definition(
            boolean enabled, Optional<List<IntegrationDefinition.Rule>> access) {
        return new IntegrationDefinition(
                CLIENT,
                new Description("Sample", "", "", ""),
                Scope.parse("ssh"),
                TermsOverride.NONE,
                Optional.empty(),
                TokenOverride.NONE,
                enabled,
                access);
    }
}
