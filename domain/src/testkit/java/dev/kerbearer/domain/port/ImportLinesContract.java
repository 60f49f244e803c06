package dev.kerbearer.domain.port;

import static dev.kerbearer.domain.Samples.ALICE;
import static dev.kerbearer.domain.Samples.CLIENT;
import static dev.kerbearer.domain.Samples.OPERATORS;
import static dev.kerbearer.domain.Samples.disabled;
import static dev.kerbearer.domain.Samples.integration;
import static dev.kerbearer.domain.Samples.localName;
import static dev.kerbearer.domain.Samples.rule;
import static dev.kerbearer.domain.Samples.terms;
import static dev.kerbearer.domain.port.StorageSamples.IMPORT;
import static dev.kerbearer.domain.port.StorageSamples.alice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kerbearer.domain.audit.AuditEvent;
import dev.kerbearer.domain.digest.Sha256;
import dev.kerbearer.domain.grant.IssuedGrant;
import dev.kerbearer.domain.identity.Identity;
import dev.kerbearer.domain.identity.LocalIdentity;
import dev.kerbearer.domain.identity.Principal;
import dev.kerbearer.domain.integration.ApiIntegration;
import dev.kerbearer.domain.integration.ClientId;
import dev.kerbearer.domain.password.Password;
import dev.kerbearer.domain.resource.ResourceServer;
import dev.kerbearer.domain.resource.ResourceServerId;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The contract of imports and their audit lines: one line for each change, and none without a change. */
public interface ImportLinesContract extends StoragePorts {

    ResourceServerId FILES = new ResourceServerId("files");

    @Test
    default void eachChangeOfAnIntegrationHasALine() {
        ApiIntegration last = integration("ssh", rule(ALICE));
        for (ApiIntegration changed : List.of(
                integration("ssh", rule(OPERATORS)),
                integration("ssh", rule(OPERATORS, "ssh:a")),
                integration("ssh", terms(60, null, null), rule(OPERATORS, "ssh:a")),
                integration("ssh"),
                disabled(last),
                last)) {
            int before = auditLines().size();
            integrations().put(changed, IMPORT);
            integrations().put(changed, IMPORT);
            assertThat(linesSince(before)).containsExactly(AuditEvent.integrationChanged(IMPORT, CLIENT));
        }
    }

    @Test
    default void aNewIntegrationHasALine() {
        ApiIntegration other = withId(integration("ssh", rule(ALICE)), new ClientId("other"));
        integrations().put(other, IMPORT);
        integrations().put(other, IMPORT);
        assertThat(auditLines()).containsExactly(AuditEvent.integrationCreated(IMPORT, other.id()));
    }

    @Test
    default void theOrderOfRulesIsNoChange() {
        integrations().put(integration("ssh", rule(ALICE), rule(OPERATORS)), IMPORT);
        integrations().put(integration("ssh", rule(OPERATORS), rule(ALICE)), IMPORT);
        assertThat(auditLines()).hasSize(1);
    }

    @Test
    default void eachChangeOfAnIdentityHasALine() {
        LocalIdentity bare = new LocalIdentity(localName("alice"), Optional.of(ALICE.guid()), Set.of(), Set.of(), true);
        for (LocalIdentity changed : List.of(
                alice(true, "operators", "auditors"),
                alice(true, "auditors"),
                bare,
                new LocalIdentity(localName("alicia"), Optional.of(ALICE.guid()), Set.of(), Set.of(), true),
                bare,
                alice(false))) {
            int before = auditLines().size();
            identities().put(changed, IMPORT);
            identities().put(changed, IMPORT);
            assertThat(linesSince(before)).containsExactly(AuditEvent.identityChanged(IMPORT, changed.name(), ALICE));
        }
    }

    @Test
    default void aNewIdentityAndALostVerifierHaveALine() {
        LocalIdentity withNtlm = bob(Optional.of(Password.of("correct horse battery")));
        identities().put(withNtlm, IMPORT);
        identities().put(withNtlm, IMPORT);
        Identity bob = directory().find(withNtlm.name()).orElseThrow();
        AuditEvent created = AuditEvent.identityCreated(IMPORT, withNtlm.name(), bob);
        assertThat(auditLines()).containsExactly(created);
        identities().put(bob(Optional.empty()), IMPORT);
        identities().put(bob(Optional.empty()), IMPORT);
        identities().put(withNtlm, IMPORT);
        assertThat(auditLines())
                .as("an existing identity gets no verifier")
                .containsExactly(created, AuditEvent.identityChanged(IMPORT, withNtlm.name(), bob));
    }

    @Test
    default void eachChangeOfAResourceServerHasALine() {
        ResourceServer first = server(1, Optional.of(Set.of(CLIENT, new ClientId("b"), new ClientId("c"))), true);
        resourceServers().put(first, IMPORT);
        resourceServers().put(first, IMPORT);
        assertThat(auditLines()).containsExactly(AuditEvent.resourceServerCreated(IMPORT, FILES));
        for (ResourceServer changed : List.of(
                server(2, first.integrations(), true),
                server(2, Optional.of(Set.of(CLIENT)), true),
                server(2, Optional.empty(), true),
                server(2, Optional.empty(), false),
                server(2, Optional.of(Set.of()), false))) {
            int before = auditLines().size();
            resourceServers().put(changed, IMPORT);
            resourceServers().put(changed, IMPORT);
            assertThat(linesSince(before)).containsExactly(AuditEvent.resourceServerChanged(IMPORT, FILES));
        }
    }

    /** Several nodes start with the same files. */
    @Test
    default void aChangeThatManyNodesImportAtOnceHasOneLine() throws Exception {
        ResourceServer server = server(1, Optional.empty(), true);
        resourceServers().put(server(2, Optional.empty(), true), IMPORT);
        int before = auditLines().size();
        List<Callable<Void>> imports = Collections.nCopies(8, () -> {
            identities().put(alice(true, "auditors"), IMPORT);
            integrations().put(integration("ssh", rule(OPERATORS)), IMPORT);
            resourceServers().put(server, IMPORT);
            return null;
        });
        ExecutorService threads = Executors.newFixedThreadPool(imports.size());
        try {
            for (Future<Void> call : threads.invokeAll(imports)) {
                call.get();
            }
        } finally {
            threads.shutdown();
        }
        assertThat(linesSince(before))
                .containsExactlyInAnyOrder(
                        AuditEvent.identityChanged(IMPORT, localName("alice"), ALICE),
                        AuditEvent.integrationChanged(IMPORT, CLIENT),
                        AuditEvent.resourceServerChanged(IMPORT, FILES));
    }

    @Test
    default void nothingIsImportedIfItsLineCannotBeWritten() {
        IssuedGrant issued = issued("a");
        ApiIntegration before = integrations().find(CLIENT).orElseThrow().value();
        ApiIntegration other = withId(before, new ClientId("other"));
        ResourceServer server = server(1, Optional.empty(), true);
        resourceServers().put(server, IMPORT);
        int lines = auditLines().size();
        whileAuditFails(() -> {
            assertFails(() -> integrations().put(disabled(before), IMPORT));
            assertFails(() -> integrations().put(other, IMPORT));
            assertFails(() -> identities().put(alice(false, "operators"), IMPORT));
            assertFails(() -> identities().put(bob(Optional.empty()), IMPORT));
            assertFails(() -> resourceServers().put(server(2, Optional.empty(), true), IMPORT));
        });
        assertThat(integrations().find(CLIENT).orElseThrow().value()).isEqualTo(before);
        assertThat(integrations().find(other.id())).isEmpty();
        assertThat(directory().recognise(ALICE)).isInstanceOf(Directory.Recognition.Recognised.class);
        assertThat(directory().find(localName("bob"))).isEmpty();
        assertThat(resourceServers().find(FILES)).contains(server);
        assertThat(find(issued)).contains(issued.grant());
        assertThat(auditLines()).hasSize(lines);
    }

    @Test
    default void anImportThatChangesNothingNeedsNoLine() {
        ApiIntegration integration = integrations().find(CLIENT).orElseThrow().value();
        whileAuditFails(() -> {
            integrations().put(integration, IMPORT);
            identities().put(alice(true, "operators"), IMPORT);
        });
        assertThat(auditLines()).isEmpty();
    }

    private List<AuditEvent> linesSince(int before) {
        return auditLines().subList(before, auditLines().size());
    }

    private static void assertFails(Runnable put) {
        assertThatThrownBy(put::run).isInstanceOf(RuntimeException.class);
    }

    private static LocalIdentity bob(Optional<Password> ntlm) {
        return new LocalIdentity(
                localName("bob"),
                Optional.empty(),
                Set.of(Principal.parse("bob@PRACTICE.EXAMPLE")),
                Set.of(),
                true,
                ntlm);
    }

    private static ResourceServer server(int secret, Optional<Set<ClientId>> integrations, boolean enabled) {
        return new ResourceServer(FILES, Sha256.of(new byte[] {(byte) secret}), integrations, enabled);
    }

    private static ApiIntegration withId(ApiIntegration integration, ClientId id) {
        return new ApiIntegration(
                id,
                integration.description(),
                integration.scope(),
                integration.terms(),
                integration.reuseLeeway(),
                integration.tokens(),
                integration.enabled(),
                integration.access());
    }
}
