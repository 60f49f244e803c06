package dev.kerbearer.domain.port;

import static dev.kerbearer.domain.Samples.ALICE;
import static dev.kerbearer.domain.Samples.CLIENT;
import static dev.kerbearer.domain.Samples.integration;
import static dev.kerbearer.domain.Samples.localName;
import static dev.kerbearer.domain.Samples.rule;
import static dev.kerbearer.domain.Samples.terms;
import static dev.kerbearer.domain.port.StoragePorts.recognised;
import static dev.kerbearer.domain.port.StorageSamples.AUDIENCE;
import static dev.kerbearer.domain.port.StorageSamples.IMPORT;
import static dev.kerbearer.domain.port.StorageSamples.alice;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.domain.Samples;
import dev.kerbearer.domain.identity.Identity;
import dev.kerbearer.domain.identity.Provider;
import dev.kerbearer.domain.integration.ApiIntegration;
import dev.kerbearer.domain.integration.ClientId;
import dev.kerbearer.domain.integration.ReuseLeeway;
import dev.kerbearer.domain.integration.TokenFormat;
import dev.kerbearer.domain.integration.TokenOverride;
import dev.kerbearer.domain.port.Directory.Recognition;
import dev.kerbearer.domain.scope.Scope;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The contract of {@link ApiIntegrations}, and of {@link Directory} for the trustees in their rules. */
public interface ApiIntegrationsContract extends StoragePorts {

    @Test
    default void anIntegrationIsReadBackAsItWasPut() {
        ApiIntegration full = new ApiIntegration(
                CLIENT,
                new ApiIntegration.Description("Näme", "text\nof two lines", "vendor", "https://example.org"),
                Scope.parse("ssh:b,a;certificate"),
                terms(60, 3600, false),
                Optional.of(ReuseLeeway.ofSeconds(7)),
                new TokenOverride(Optional.of(TokenFormat.JWT), Optional.of(AUDIENCE)),
                false,
                List.of(
                        rule(ALICE, "ssh", terms(1, null, true)),
                        rule(new Identity(new Provider("AD+CORP"), UUID.randomUUID()))));
        integrations().put(full, IMPORT);
        ApiIntegration read = integrations().find(CLIENT).orElseThrow().value();
        assertThat(read).usingRecursiveComparison().ignoringFields("access").isEqualTo(full);
        assertThat(read.access()).containsExactlyInAnyOrderElementsOf(full.access());
        assertThat(read.scope().asGranted()).isEqualTo("ssh:b,a;certificate");
    }

    @Test
    default void puttingAnIntegrationAgainReplacesItsRules() {
        integrations().put(integration("ssh", rule(Samples.OPERATORS)), IMPORT);
        assertThat(integrations().find(CLIENT).orElseThrow().value().access()).containsExactly(rule(Samples.OPERATORS));
        integrations().put(integration("ssh"), IMPORT);
        assertThat(integrations().find(CLIENT).orElseThrow().value().access()).isEmpty();
    }

    @Test
    default void aUserIsRecognisedByIdentityToo() {
        Identity operators = directory().find(localName("operators")).orElseThrow();
        assertThat(recognised(directory().recognise(ALICE))).isEqualTo(Samples.caller(ALICE, operators));
        assertThat(directory().recognise(operators)).isEqualTo(new Recognition.Unknown());
        assertThat(directory().recognise(new Identity(Provider.LOCAL, UUID.randomUUID())))
                .isEqualTo(new Recognition.Unknown());
        identities().put(alice(false), IMPORT);
        assertThat(directory().recognise(ALICE)).isEqualTo(new Recognition.Disabled(ALICE));
    }

    @Test
    default void aClientIdIsCaseSensitive() {
        assertThat(integrations().find(new ClientId("Sample-Client"))).isEmpty();
    }
}
