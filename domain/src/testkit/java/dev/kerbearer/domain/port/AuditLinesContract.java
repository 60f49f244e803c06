package dev.kerbearer.domain.port;

import static dev.kerbearer.domain.Samples.CLIENT;
import static dev.kerbearer.domain.Samples.NOW;
import static dev.kerbearer.domain.Samples.signIn;
import static dev.kerbearer.domain.port.StorageSamples.BEARER;
import static dev.kerbearer.domain.port.StorageSamples.REFRESH;
import static dev.kerbearer.domain.port.StorageSamples.event;
import static dev.kerbearer.domain.port.StorageSamples.grant;
import static dev.kerbearer.domain.port.StorageSamples.successorOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kerbearer.domain.audit.Act;
import dev.kerbearer.domain.audit.AuditEvent;
import dev.kerbearer.domain.audit.AuditEvent.Action;
import dev.kerbearer.domain.audit.Origin;
import dev.kerbearer.domain.grant.Ending;
import dev.kerbearer.domain.grant.Grant;
import dev.kerbearer.domain.grant.IssuedGrant;
import dev.kerbearer.domain.grant.PresentedRefreshToken.State;
import dev.kerbearer.domain.grant.Rotation;
import dev.kerbearer.domain.grant.Successor;
import dev.kerbearer.domain.grant.TokenSecret;
import dev.kerbearer.domain.refusal.Detail;
import dev.kerbearer.domain.refusal.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The contract of every grant change and its audit line: both are stored, or neither is. */
public interface AuditLinesContract extends StoragePorts {

    @Test
    default void ifReuseCannotBeWrittenTheGrantEndsTheNextTime() {
        IssuedGrant issued = issued("a");
        TokenSecret reused = issued.tokens().refresh().orElseThrow();
        Grant next = issued.grant().refreshed(NOW);
        Successor successor = successorOf(reused);
        rotate(reused, next, successor, Duration.ZERO);
        TokenSecret live = successor.tokens().refresh().orElseThrow();
        whileAuditFails(() -> assertThatThrownBy(() -> grants().endReused(reused.digest(), REFRESH))
                .isInstanceOf(RuntimeException.class));
        assertThat(state(reused)).as("still known as reused").contains(State.REUSED);
        assertThat(state(live)).contains(State.LIVE);
        assertThat(auditLines()).containsExactly(event(issued), AuditEvent.refreshed(REFRESH, next));
        assertThat(grants().endReused(reused.digest(), REFRESH)).isTrue();
        assertThat(state(live)).contains(State.ENDED);
        assertThat(auditLines()).last().isEqualTo(AuditEvent.reused(REFRESH, next));
    }

    @Test
    default void nothingChangesIfItsLineCannotBeWritten() {
        IssuedGrant issued = issued("a");
        TokenSecret presented = issued.tokens().refresh().orElseThrow();
        whileAuditFails(() -> {
            assertFails(() -> issue(grant(), signIn("b")));
            assertFails(() ->
                    rotate(presented, issued.grant().refreshed(NOW), successorOf(presented), Duration.ofMinutes(1)));
            assertFails(() -> grants().revoke(issued.tokens().access().digest(), BEARER));
            assertFails(() -> grants().end(issued.grant(), Ending.REVOKED, BEARER));
            assertFails(() -> auditLog().signInRefused(signIn("c"), StorageSamples.refused()));
        });
        assertThat(state(presented)).contains(State.LIVE);
        assertThat(find(issued)).contains(issued.grant());
        assertThat(auditLines()).containsExactly(event(issued));
        assertThat(auditLog().signInRefused(signIn("c"), StorageSamples.refused()))
                .isEqualTo(AuditLog.Sighting.FIRST);
        issue(grant(), "b");
    }

    private static void assertFails(Runnable call) {
        assertThatThrownBy(call::run).isInstanceOf(RuntimeException.class);
    }

    /** A proxy may forward any text, and a user may have any name. */
    @Test
    default void aLineWithAnyAddressAndNameCanBeWritten() {
        for (String odd : List.of(
                "",
                "unknown",
                "\0",
                "2001:db8::1%eth\0",
                "line\r\nbreak",
                "\ud800",
                "\ud83d\ude00",
                "'; drop table grants; --",
                "x".repeat(100_000))) {
            Origin origin = new Origin(odd, Optional.of(odd), Origin.Method.REFRESH_TOKEN).traced(odd);
            assertWritten(origin, odd);
        }
    }

    /** A sign-in step of another program has its own method. */
    @Test
    default void aLineNamesAnyMethod() {
        Origin.Method badge = new Origin.Method("BADGE");
        Origin.Method longest = new Origin.Method("_".repeat(39) + "Z");
        for (Origin.Method method : List.of(badge, longest, Origin.Method.KERBEROS)) {
            IssuedGrant issued = grant();
            Act.ByHolder act = new Act.ByHolder(new Origin("127.0.0.1", method), NOW);
            grants().issue(issued, basis(issued.grant()), signIn(method.name()), act);
            assertThat(auditLines()).last().isEqualTo(AuditEvent.issued(act, issued.grant()));
        }
    }

    private void assertWritten(Origin origin, String odd) {
        IssuedGrant issued = grant();
        Act.ByHolder act = new Act.ByHolder(origin, NOW);
        int before = auditLines().size();
        String number = " " + before;
        grants().issue(issued, basis(issued.grant()), signIn("issued" + number), act);
        TokenSecret presented = issued.tokens().refresh().orElseThrow();
        Grant next = issued.grant().refreshed(NOW);
        Successor successor = successorOf(presented);
        assertThat(grants().rotate(presented.digest(), basis(next), next, successor, Duration.ZERO, act))
                .isEqualTo(new Rotation.Rotated(next));
        assertThat(grants().endReused(presented.digest(), act)).isTrue();
        IssuedGrant another = issued("another" + number);
        assertThat(grants().revoke(another.tokens().access().digest(), act)).contains(another.grant());
        Refusal refusal = Refusal.signInFailed(odd, new Detail(odd));
        AuditEvent refused = AuditEvent.refused(NOW, odd, origin, Optional.of(CLIENT), refusal);
        auditLog().signInRefused(signIn("refused" + number), refused);
        auditLog().write(AuditEvent.repeated(act, next));
        List<AuditEvent> written = auditLines().subList(before, auditLines().size());
        assertThat(written)
                .extracting(AuditEvent::action)
                .containsExactly(
                        Action.GRANT_ISSUED,
                        Action.GRANT_REFRESHED,
                        Action.GRANT_REUSED,
                        Action.GRANT_ISSUED,
                        Action.GRANT_REVOKED,
                        Action.SIGN_IN_REFUSED,
                        Action.REFRESH_REPEATED);
        // Another request issues the grant in the middle.
        for (int line : new int[] {0, 1, 2, 4, 5, 6}) {
            assertThat(written.get(line).origin().trace()).isEqualTo(origin.trace());
        }
        assertThat(written.get(5).actor()).isEqualTo(refused.actor());
        assertThat(written.get(5).outcome()).isEqualTo(refused.outcome());
        for (int line : new int[] {0, 1, 2, 4, 6}) {
            assertThat(written.get(line).outcome()).isEqualTo(AuditEvent.ok(origin));
            assertThat(written.get(line).origin().address()).isEqualTo(origin.address());
        }
    }
}
