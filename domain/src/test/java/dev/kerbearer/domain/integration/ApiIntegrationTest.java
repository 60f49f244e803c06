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

import dev.kerbearer.domain.refusal.RefusedException;
import dev.kerbearer.domain.scope.Scope;
import java.util.Optional;
import org.junit.jupiter.api.Test;

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
    }

    @Test
    void aScopeWiderThanTheRulesIsRefused() {
        refuses(integration("certificate:manage", rule(ALICE, "certificate")), "invalid_scope");
    }

    @Test
    void aRuleWithoutAScopeAllowsTheIntegrations() {
        assertThat(authorize(integration("certificate:manage,delete;ssh", rule(ALICE))))
                .isEqualTo(DEFAULTS);
    }

    @Test
    void termsAreTheRulesOverTheIntegrationsOverTheDefaults() {
        ApiIntegration integration =
                integration("certificate:manage", terms(100, 1000, false), rule(ALICE, terms(null, 500, null)));
        assertThat(authorize(integration))
                .isEqualTo(new GrantTerms(Validity.ofSeconds(100), Validity.ofSeconds(500), false));
    }

    @Test
    void aCallersOwnRuleWinsOverHisGroupsEvenWhereItIsNarrower() {
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
    void amongGroupsOnlyTheRulesThatCoverTheRequestCount() {
        ApiIntegration integration = integration(
                "certificate:manage",
                rule(READERS, "certificate", terms(null, 9999, null)),
                rule(OPERATORS, "certificate:manage", terms(null, 10, null)));
        assertThat(authorize(integration).grant().toSeconds()).isEqualTo(10);
    }

    @Test
    void amongCoveringGroupsTheWidestWins() {
        ApiIntegration integration = integration(
                "certificate:manage,delete",
                rule(READERS, "certificate:manage", terms(null, 9999, null)),
                rule(OPERATORS, terms(null, 10, null)));
        assertThat(authorize(integration).grant().toSeconds()).isEqualTo(10);
    }

    @Test
    void whatARuleHasBeyondTheIntegrationDoesNotMakeItWider() {
        ApiIntegration integration = integration(
                "certificate:manage",
                rule(READERS, "certificate:manage,delete;ssh", terms(null, 10, null)),
                rule(OPERATORS, terms(null, 20, null)));
        assertThat(authorize(integration).grant().toSeconds()).isEqualTo(20);
    }

    @Test
    void amongEquallyWideGroupsTheMostGenerousWins() {
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
    void rulesWhoseScopesCannotBeComparedAreToldApartByTheirTerms() {
        ApiIntegration integration = integration(
                "certificate:manage,delete,discover",
                rule(READERS, "certificate:manage,delete", terms(null, 10, null)),
                rule(OPERATORS, "certificate:manage,discover", terms(null, 20, null)));
        assertThat(authorize(integration).grant().toSeconds()).isEqualTo(20);
    }

    @Test
    void aValidityIsOneSecondToTenYears() {
        assertThat(Validity.ofSeconds(1).toSeconds()).isEqualTo(1);
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
        assertThat(new ClientId("App")).isNotEqualTo(new ClientId("app"));
    }

    private static GrantTerms authorizeGroups(TermsOverride operators, TermsOverride readers) {
        return authorize(integration("certificate:manage", rule(OPERATORS, operators), rule(READERS, readers)));
    }

    private static GrantTerms authorize(ApiIntegration integration) {
        return integration.authorize(caller(ALICE, OPERATORS, READERS), MANAGE, DEFAULTS);
    }

    /** The caller is in no group but the one of the first rule's, so that each refusal has one cause. */
    private static void refuses(ApiIntegration integration, String code) {
        boolean inGroup = integration.access().size() > 1;
        assertThatThrownBy(() ->
                        integration.authorize(inGroup ? caller(ALICE, OPERATORS) : caller(ALICE), MANAGE, DEFAULTS))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo(code));
    }

    @Test
    void aMemberThatATermsOverrideDoesNotNameStaysAsItWas() {
        assertThat(DEFAULTS.with(TermsOverride.NONE)).isEqualTo(DEFAULTS);
        assertThat(DEFAULTS.with(new TermsOverride(Optional.empty(), Optional.empty(), Optional.of(false)))
                        .renewable())
                .isFalse();
    }
}
