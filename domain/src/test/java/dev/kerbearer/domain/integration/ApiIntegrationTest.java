package dev.kerbearer.domain.integration;

import static dev.kerbearer.domain.Samples.ALICE;
import static dev.kerbearer.domain.Samples.DEFAULTS;
import static dev.kerbearer.domain.Samples.OPERATORS;
import static dev.kerbearer.domain.Samples.READERS;
import static dev.kerbearer.domain.Samples.caller;
import static dev.kerbearer.domain.Samples.integration;
import static dev.kerbearer.domain.Samples.rule;
import static dev.kerbearer.domain.Samples.terms;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kerbearer.domain.identity.Identity;
import dev.kerbearer.domain.identity.Provider;
import dev.kerbearer.domain.refusal.RefusedException;
import dev.kerbearer.domain.scope.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiIntegrationTest {

    private static final Scope MANAGE = Scope.parse("certificate:manage");

    @Test
    void anIntegrationWithoutRulesGivesNobodyAccess() {
        refuses(integration("certificate:manage"), "unauthorized_client");
    }

    @Test
    void aRuleForSomebodyElseGivesNoAccess() {
        refuses(integration("certificate:manage", rule(OPERATORS)), "unauthorized_client");
    }

    @Test
    void accessIsCheckedBeforeScope() {
        refuses(integration("ssh", rule(OPERATORS)), "unauthorized_client");
    }

    @Test
    void aScopeWiderThanTheIntegrationsIsRefused() {
        refuses(integration("certificate", rule(ALICE)), "invalid_scope");
        refuses(integration("certificate", rule(ALICE, "certificate:manage")), "invalid_scope");
        assertThatThrownBy(() -> authorize(integration("certificate", rule(ALICE))))
                .hasMessage("The scope is wider than the API integration allows");
        assertThatThrownBy(() -> authorize(integration("certificate:manage", rule(ALICE, "certificate"))))
                .hasMessage("The scope is wider than your access to the API integration allows");
    }

    @Test
    void groupRulesThatMatchButDoNotCoverGiveAnInvalidScope() {
        refuses(
                integration("certificate:manage", rule(OPERATORS, "certificate"), rule(READERS, "ssh")),
                "invalid_scope");
    }

    /** Two rules that each allow a part don't allow the whole: one rule must cover the request. */
    @Test
    void rulesAreNotAddedUp() {
        ApiIntegration integration = integration(
                "certificate:manage,delete",
                rule(OPERATORS, "certificate:manage"),
                rule(READERS, "certificate:delete"));
        assertThatThrownBy(() -> integration.authorize(
                        caller(ALICE, OPERATORS, READERS), Scope.parse("certificate:manage,delete"), DEFAULTS))
                .hasMessage("The scope is wider than your access to the API integration allows");
    }

    @Test
    void aRequestMayAskForAPartOfTheIntegrationsScope() {
        ApiIntegration integration = integration("certificate:manage,delete;ssh:manage", rule(ALICE));
        for (String scope :
                List.of("ssh", "certificate", "certificate:delete", "any", "SSH:Manage;certificate:manage")) {
            assertThat(integration.authorize(caller(ALICE), Scope.parse(scope), DEFAULTS))
                    .as(scope)
                    .isEqualTo(DEFAULTS);
        }
    }

    @Test
    void accessCanBeCheckedWithoutAScope() {
        assertThatThrownBy(() -> integration("certificate", rule(OPERATORS)).requireAccess(caller(ALICE, READERS)))
                .hasMessage("The user has not been given access to the API integration");
        integration("certificate", rule(OPERATORS)).requireAccess(caller(ALICE, OPERATORS));
        integration("certificate", rule(ALICE)).requireAccess(caller(ALICE));
    }

    @Test
    void theSameGuidInAnotherProviderIsAnotherTrustee() {
        Identity elsewhere = new Identity(new Provider("AD+CORP"), ALICE.guid());
        refuses(integration("certificate:manage", rule(elsewhere)), "unauthorized_client");
    }

    @Test
    void aScopeWiderThanTheRulesIsRefused() {
        refuses(integration("certificate:manage", rule(ALICE, "certificate")), "invalid_scope");
    }

    @Test
    void aRuleWithoutAScopeAllowsTheIntegrationsScope() {
        assertThat(authorize(integration("certificate:manage,delete;ssh", rule(ALICE))))
                .isEqualTo(DEFAULTS);
    }

    @Test
    void termsOfARuleOverrideTheIntegrationAndTheDefaults() {
        ApiIntegration integration =
                integration("certificate:manage", terms(100, 1000, false), rule(ALICE, terms(null, 500, null)));
        assertThat(authorize(integration))
                .isEqualTo(new GrantTerms(Validity.ofSeconds(100), Validity.ofSeconds(500), false));
    }

    @ParameterizedTest(name = "{0} over {1}: {2} seconds")
    @CsvSource({"5, 7, 5", "5, , 5", ", 7, 7", ", , 7776000"})
    void eachTermOfARuleOverridesTheIntegrationAndTheDefault(
            @Nullable Integer rules, @Nullable Integer integrations, int effective) {
        GrantTerms access = authorize(integration(
                "certificate:manage", terms(integrations, null, null), rule(ALICE, terms(rules, null, null))));
        assertThat(access).isEqualTo(new GrantTerms(Validity.ofSeconds(effective), DEFAULTS.grant(), true));
        GrantTerms grant = integration(
                        "certificate:manage", terms(null, integrations, null), rule(ALICE, terms(null, rules, null)))
                .authorize(caller(ALICE), MANAGE, new GrantTerms(DEFAULTS.access(), DEFAULTS.access(), true));
        assertThat(grant).isEqualTo(new GrantTerms(DEFAULTS.access(), Validity.ofSeconds(effective), true));
    }

    @ParameterizedTest(name = "{0} over {1} over {2}: {3}")
    @CsvSource({
        "false, true, true, false",
        "true, false, false, true",
        ", false, true, false",
        ", , true, true",
        ", , false, false"
    })
    void renewableOfARuleOverridesTheIntegrationAndTheDefault(
            @Nullable Boolean rules, @Nullable Boolean integrations, boolean system, boolean effective) {
        ApiIntegration integration = integration(
                "certificate:manage", terms(null, null, integrations), rule(ALICE, terms(null, null, rules)));
        assertThat(integration
                        .authorize(caller(ALICE), MANAGE, new GrantTerms(DEFAULTS.access(), DEFAULTS.grant(), system))
                        .renewable())
                .isEqualTo(effective);
    }

    @Test
    void theCallersOwnRuleWinsOverGroupRulesEvenIfItIsNarrower() {
        refuses(integration("certificate:manage", rule(OPERATORS), rule(ALICE, "certificate")), "invalid_scope");
        assertThat(authorize(integration(
                                "certificate:manage",
                                rule(OPERATORS, terms(null, 9999, null)),
                                rule(ALICE, terms(null, 1, null))))
                        .grant()
                        .toSeconds())
                .isEqualTo(1);
    }

    @Test
    void onlyGroupRulesThatCoverTheRequestCount() {
        ApiIntegration integration = integration(
                "certificate:manage",
                rule(READERS, "certificate", terms(null, 9999, null)),
                rule(OPERATORS, "certificate:manage", terms(null, 10, null)));
        assertThat(authorize(integration).grant().toSeconds()).isEqualTo(10);
    }

    @Test
    void theWidestCoveringGroupRuleWins() {
        ApiIntegration integration = integration(
                "certificate:manage,delete",
                rule(READERS, "certificate:manage", terms(null, 9999, null)),
                rule(OPERATORS, terms(null, 10, null)));
        assertThat(authorize(integration).grant().toSeconds()).isEqualTo(10);
    }

    @Test
    void scopeBeyondTheIntegrationDoesNotMakeARuleWider() {
        ApiIntegration integration = integration(
                "certificate:manage",
                rule(READERS, "certificate:manage,delete;ssh", terms(null, 10, null)),
                rule(OPERATORS, terms(null, 20, null)));
        assertThat(authorize(integration).grant().toSeconds()).isEqualTo(20);
    }

    @Test
    void theMostGenerousOfEquallyWideGroupRulesWins() {
        assertThat(authorizeGroups(terms(1, 20, false), terms(5, 10, true))
                        .grant()
                        .toSeconds())
                .isEqualTo(20);
        assertThat(authorizeGroups(terms(1, 20, true), terms(5, 20, false))
                        .access()
                        .toSeconds())
                .isEqualTo(5);
        assertThat(authorizeGroups(terms(5, 20, false), terms(5, 20, true)).renewable())
                .isTrue();
    }

    @Test
    void equalRulesGiveTheirCommonTerms() {
        assertThat(authorizeGroups(terms(5, 20, true), terms(5, 20, true)))
                .isEqualTo(new GrantTerms(Validity.ofSeconds(5), Validity.ofSeconds(20), true));
    }

    @Test
    void theOrderOfTheRulesDoesNotMatter() {
        AccessRule narrow = rule(READERS, "certificate:manage", terms(null, 9999, null));
        AccessRule wide = rule(OPERATORS, terms(null, 10, null));
        assertThat(authorize(integration("certificate:manage,delete", narrow, wide)))
                .isEqualTo(authorize(integration("certificate:manage,delete", wide, narrow)));
    }

    @Test
    void termsDecideBetweenRulesWhoseScopesCannotBeCompared() {
        ApiIntegration integration = integration(
                "certificate:manage,delete,discover",
                rule(READERS, "certificate:manage,delete", terms(null, 10, null)),
                rule(OPERATORS, "certificate:manage,discover", terms(null, 20, null)));
        assertThat(authorize(integration).grant().toSeconds()).isEqualTo(20);
    }

    @Test
    void aReuseLeewayIs0To300Seconds() {
        assertThat(ReuseLeeway.ofSeconds(0).duration()).isZero();
        assertThat(ReuseLeeway.ofSeconds(300).duration()).isEqualTo(ReuseLeeway.MAX);
        for (Duration wrong : List.of(Duration.ofNanos(-1), ReuseLeeway.MAX.plusNanos(1))) {
            assertThatThrownBy(() -> new ReuseLeeway(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("a reuse leeway is 0 to 300 seconds, not " + wrong);
        }
    }

    @Test
    void aValidityIsOneSecondToTenYears() {
        assertThat(Validity.ofSeconds(1).toSeconds()).isEqualTo(1);
        assertThat(Validity.ofSeconds(90)).hasToString("PT1M30S");
        assertThat(new Validity(Validity.MAX).duration().toDays()).isEqualTo(3650);
        assertThatThrownBy(() -> Validity.ofSeconds(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Validity.ofSeconds(315_360_001)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Validity(java.time.Duration.ofMillis(1500)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aClientIdHas1To128CharactersAndNoControlCharacter() {
        assertThat(new ClientId("a".repeat(128)).value()).hasSize(128);
        assertThatThrownBy(() -> new ClientId("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ClientId("a".repeat(129))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ClientId("a\nb")).isInstanceOf(IllegalArgumentException.class);
        assertThat(new ClientId("App")).isNotEqualTo(new ClientId("app")).hasToString("App");
    }

    private static GrantTerms authorizeGroups(TermsOverride operators, TermsOverride readers) {
        return authorize(integration("certificate:manage", rule(OPERATORS, operators), rule(READERS, readers)));
    }

    private static GrantTerms authorize(ApiIntegration integration) {
        return integration.authorize(caller(ALICE, OPERATORS, READERS), MANAGE, DEFAULTS);
    }

    /** The caller is in the group of the first rule at most, so that each refusal has one cause. */
    private static void refuses(ApiIntegration integration, String code) {
        boolean inGroup = integration.access().size() > 1;
        assertThatThrownBy(() ->
                        integration.authorize(inGroup ? caller(ALICE, OPERATORS) : caller(ALICE), MANAGE, DEFAULTS))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo(code));
    }

    @Test
    void aTermThatAnOverrideDoesNotNameStaysUnchanged() {
        assertThat(DEFAULTS.with(TermsOverride.NONE)).isEqualTo(DEFAULTS);
        assertThat(DEFAULTS.with(new TermsOverride(Optional.empty(), Optional.empty(), Optional.of(false)))
                        .renewable())
                .isFalse();
    }
}
