package dev.kerbearer.application;

import static dev.kerbearer.domain.Samples.ALICE;
import static dev.kerbearer.domain.Samples.CLIENT;
import static dev.kerbearer.domain.Samples.NOW;
import static dev.kerbearer.domain.Samples.localName;
import static dev.kerbearer.domain.Samples.rule;
import static dev.kerbearer.domain.Samples.terms;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kerbearer.domain.identity.Directories;
import dev.kerbearer.domain.identity.LocalIdentity;
import dev.kerbearer.domain.identity.Provider;
import dev.kerbearer.domain.integration.AccessRule;
import dev.kerbearer.domain.integration.ApiIntegration;
import dev.kerbearer.domain.integration.ApiIntegration.Description;
import dev.kerbearer.domain.integration.Audience;
import dev.kerbearer.domain.integration.ReuseLeeway;
import dev.kerbearer.domain.integration.TermsOverride;
import dev.kerbearer.domain.integration.TokenFormat;
import dev.kerbearer.domain.integration.TokenOverride;
import dev.kerbearer.domain.port.InMemoryStorage;
import dev.kerbearer.domain.scope.Scope;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RegisterIntegrationTest {

    private final InMemoryStorage storage = new InMemoryStorage();
    private final RegisterIntegration useCase = new RegisterIntegration(
            storage, new Directories(Map.of(Provider.LOCAL, storage), Map.of()), InstantSource.fixed(NOW));

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
                definition("local:alice", "AD+CORP:{de3944a8-3479-4450-b412-0dacd642017d}", "local:operators"));
        assertThat(access())
                .extracting(rule -> rule.trustee().toString())
                .containsExactly(
                        ALICE.toString(),
                        "AD+CORP:{de3944a8-3479-4450-b412-0dacd642017d}",
                        storage.find(localName("operators")).orElseThrow().toString());
    }

    @Test
    void withoutAnAccessListTheOneThatIsThereStays() {
        useCase.register(definition());
        assertThat(access()).isEmpty();
        useCase.register(definition("local:alice"));
        useCase.register(withoutAccess());
        assertThat(access()).containsExactly(rule(ALICE));
        useCase.register(definition());
        assertThat(access()).isEmpty();
    }

    @Test
    void aTrusteeThatNoProviderKnowsIsNamed() {
        refuses("local:nobody", "no provider knows the trustee local:nobody");
        refuses("AD+CORP:alice", "no provider knows the trustee AD+CORP:alice");
        refuses("alice", "alice has no provider before it");
    }

    @Test
    void aTrusteeIsNamedOnce() {
        assertThatThrownBy(() -> useCase.register(definition("local:alice", ALICE.toString())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("named twice");
        assertThat(storage.find(CLIENT)).isEmpty();
    }

    @Test
    void allThatADefinitionSaysIsKept() {
        Description description = new Description("Name", "text", "vendor", "https://example.org");
        IntegrationDefinition.Rule rule = new IntegrationDefinition.Rule(
                "local:alice", Optional.of(Scope.parse("certificate")), terms(1, 2, true));
        useCase.register(new IntegrationDefinition(
                CLIENT,
                description,
                Scope.parse("ssh;certificate:manage"),
                terms(60, 600, false),
                Optional.of(ReuseLeeway.ofSeconds(7)),
                new TokenOverride(Optional.of(TokenFormat.JWT), Optional.of(new Audience("https://api.example"))),
                false,
                Optional.of(List.of(rule))));
        assertThat(storage.find(CLIENT))
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

    private void refuses(String trustee, String message) {
        assertThatThrownBy(() -> useCase.register(definition(trustee)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    private List<AccessRule> access() {
        return storage.find(CLIENT).orElseThrow().access();
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

    private static IntegrationDefinition definition(Optional<List<IntegrationDefinition.Rule>> access) {
        return new IntegrationDefinition(
                CLIENT,
                new Description("Sample", "", "", ""),
                Scope.parse("ssh"),
                TermsOverride.NONE,
                Optional.empty(),
                TokenOverride.NONE,
                true,
                access);
    }
}
