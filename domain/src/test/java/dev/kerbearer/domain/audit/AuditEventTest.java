package dev.kerbearer.domain.audit;

import static dev.kerbearer.domain.Samples.ALICE;
import static dev.kerbearer.domain.Samples.CLIENT;
import static dev.kerbearer.domain.Samples.DEFAULTS;
import static dev.kerbearer.domain.Samples.NOW;
import static dev.kerbearer.domain.Samples.ORIGIN;
import static dev.kerbearer.domain.Samples.localName;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kerbearer.domain.audit.AuditEvent.Action;
import dev.kerbearer.domain.audit.Origin.Method;
import dev.kerbearer.domain.grant.Ending;
import dev.kerbearer.domain.grant.Grant;
import dev.kerbearer.domain.grant.IssuedGrant;
import dev.kerbearer.domain.network.IpAddress;
import dev.kerbearer.domain.refusal.Detail;
import dev.kerbearer.domain.refusal.Refusal;
import dev.kerbearer.domain.resource.ResourceServerId;
import dev.kerbearer.domain.scope.Scope;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AuditEventTest {

    private final IssuedGrant issued =
            Grant.issue(ALICE, CLIENT, Scope.parse("certificate"), DEFAULTS, NOW, new SecureRandom()::nextBytes);

    @Test
    void theLinesOfAGrantNameItsIdentityAndIntegration() {
        Grant grant = issued.grant();
        assertThat(AuditEvent.issued(new Act.ByHolder(ORIGIN, NOW), grant))
                .isEqualTo(new AuditEvent(
                        NOW,
                        Action.GRANT_ISSUED,
                        ALICE.toString(),
                        ORIGIN,
                        Optional.of(CLIENT),
                        Optional.of(grant.id()),
                        "ok"));
        assertThat(AuditEvent.ended(new Act.ByHolder(ORIGIN, NOW), Ending.REVOKED, grant)
                        .action())
                .isEqualTo(Action.GRANT_REVOKED);
        assertThat(AuditEvent.ended(new Act.ByHolder(ORIGIN, NOW), Ending.SIGN_IN_REFUSED, grant)
                        .action())
                .isEqualTo(Action.GRANT_ENDED);
    }

    @Test
    void theLineOfARefusalHasTheDetailThatIsHiddenFromTheCaller() {
        Refusal refusal = Refusal.signInFailed("the ticket expired", new Detail("an hour ago"));
        assertThat(outcome(refusal))
                .isEqualTo("access_denied: Authentication failed: the ticket expired (an hour ago)");
        assertThat(outcome(Refusal.scopeMissing())).isEqualTo("invalid_scope: The scope is missing or empty");
    }

    /** The forwarded text is untrusted: a client can send any text. */
    @Test
    void aClientWithoutAnAddressIsNamedAsTheProxyNamesIt() {
        CallAddress hidden = new CallAddress(IpAddress.parse("10.0.0.4").orElseThrow(), Optional.of("_hid\0den"));
        Origin origin = hidden.origin(Method.BEARER);
        assertThat(origin.address()).isEqualTo("10.0.0.4");
        assertThat(AuditEvent.refreshed(new Act.ByHolder(origin, NOW), issued.grant())
                        .outcome())
                .isEqualTo("ok (forwarded for \"_hid\uFFFDden\")");
        assertThat(AuditEvent.refused(NOW, "alice", origin, Optional.empty(), Refusal.scopeMissing())
                        .outcome())
                .isEqualTo("invalid_scope: The scope is missing or empty (forwarded for \"_hid\uFFFDden\")");
        assertThat(new CallAddress(hidden.ip(), Optional.of("x".repeat(10_000))).forwarded())
                .contains("x".repeat(100));
    }

    /** Stored lines have these names, so a name must not change. */
    @Test
    void theMethodsOfKerbearerKeepTheirNames() {
        assertThat(List.of(Method.KERBEROS, Method.NTLM, Method.BEARER, Method.REFRESH_TOKEN, Method.IMPORT))
                .extracting(Method::name)
                .containsExactly("KERBEROS", "NTLM", "BEARER", "REFRESH_TOKEN", "IMPORT");
    }

    @Test
    void anyMethodCanBeNamedThatTheAuditLogCanStore() {
        assertThat(new Method("BADGE")).isEqualTo(new Method("BADGE")).hasToString("BADGE");
        for (String wrong : List.of("", "badge", "BADGE 2", "BADGE\n", "\u00c4", "A".repeat(41))) {
            assertThatThrownBy(() -> new Method(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void textsAreCutAndCleanedSoThatALineCanBeStored() {
        AuditEvent line = AuditEvent.refused(
                NOW, "a\0\n\ud800" + "b".repeat(100_000), ORIGIN, Optional.empty(), Refusal.signInRequired());
        assertThat(line.actor()).isEqualTo("a\uFFFD\uFFFD\uFFFD" + "b".repeat(996));
        Refusal refusal = Refusal.signInFailed("the ticket expired", new Detail("\ud83d\ude00".repeat(100_000)));
        assertThat(outcome(refusal).codePoints()).hasSize(4_000);
        assertThat(outcome(refusal)).endsWith("\ud83d\ude00");
        assertThat(new Origin("\0" + "1".repeat(10_000), Method.BEARER).address())
                .isEqualTo("\uFFFD" + "1".repeat(999));
    }

    @Test
    void eachLineNamesTheServiceThatActsForTheActor() {
        Origin through = ORIGIN.through("HTTP/portal.example@A.EXAMPLE");
        assertThat(AuditEvent.issued(new Act.ByHolder(through, NOW), issued.grant())
                        .outcome())
                .isEqualTo("ok; delegated to HTTP/portal.example@A.EXAMPLE");
        assertThat(AuditEvent.refused(NOW, "alice@A", through, Optional.empty(), Refusal.noAccess())
                        .outcome())
                .endsWith("access to the API integration; delegated to HTTP/portal.example@A.EXAMPLE");
    }

    @Test
    void theLineOfAGrantThatAnImportEndsNamesFileReasonAndIdentity() {
        Grant grant = issued.grant();
        Origin origin = Origin.ofImport("/etc/kerbearer/identities.json");
        assertThat(AuditEvent.identityDisabled(Act.atTheStart(origin, NOW), grant))
                .isEqualTo(new AuditEvent(
                        NOW,
                        Action.GRANT_ENDED,
                        "start",
                        new Origin("/etc/kerbearer/identities.json", Origin.Method.IMPORT),
                        Optional.of(CLIENT),
                        Optional.of(grant.id()),
                        "ok: the identity is disabled; the grant was of " + grant.identity()));
        assertThat(AuditEvent.integrationDisabled(Act.atTheStart(origin, NOW), grant)
                        .outcome())
                .isEqualTo("ok: the integration is disabled; the grant was of " + grant.identity());
    }

    @Test
    void anImportsLineNamesTheFileAndWhatItChanged() {
        Act.ByName act = Act.atTheStart(Origin.ofImport("/etc/kerbearer/import.json"), NOW);
        assertThat(AuditEvent.integrationCreated(act, CLIENT))
                .isEqualTo(new AuditEvent(
                        NOW,
                        Action.INTEGRATION_CREATED,
                        "start",
                        new Origin("/etc/kerbearer/import.json", Origin.Method.IMPORT),
                        Optional.of(CLIENT),
                        Optional.empty(),
                        "ok"));
        assertThat(AuditEvent.identityChanged(act, localName("alice"), ALICE))
                .returns(Action.IDENTITY_CHANGED, AuditEvent::action)
                .returns("ok: local:alice, " + ALICE, AuditEvent::outcome);
        assertThat(AuditEvent.resourceServerChanged(act, new ResourceServerId("files")))
                .returns(Action.RESOURCE_SERVER_CHANGED, AuditEvent::action)
                .returns("ok: files", AuditEvent::outcome);
    }

    @Test
    void aLineNeverHoldsASecret() {
        String access = issued.tokens().access().reveal();
        assertThat(AuditEvent.issued(new Act.ByHolder(ORIGIN, NOW), issued.grant())
                        .toString())
                .doesNotContain(access)
                .doesNotContain(issued.tokens().access().digest().sha256().toString());
    }

    private static String outcome(Refusal refusal) {
        return AuditEvent.refused(NOW, "alice@A.EXAMPLE", ORIGIN, Optional.empty(), refusal)
                .outcome();
    }
}
