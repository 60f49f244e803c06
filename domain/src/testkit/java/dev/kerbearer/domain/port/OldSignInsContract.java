package dev.kerbearer.domain.port;

import static dev.kerbearer.domain.Samples.NOW;
import static dev.kerbearer.domain.Samples.signIn;
import static dev.kerbearer.domain.port.StorageSamples.grant;
import static dev.kerbearer.domain.port.StorageSamples.refused;
import static dev.kerbearer.domain.port.StorageSamples.refusedAt;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.domain.grant.IssuedGrant;
import dev.kerbearer.domain.port.AuditLog.Sighting;
import dev.kerbearer.domain.port.Expiring.Expired;
import dev.kerbearer.domain.port.Grants.Issuance;
import dev.kerbearer.domain.signin.SignInDigest;
import org.junit.jupiter.api.Test;

/** The contract of refused sign-ins, and of {@link Expiring} for sign-ins. */
public interface OldSignInsContract extends StoragePorts {

    @Test
    default void aRefusedSignInIsUsedUp() {
        assertThat(auditLog().signInRefused(signIn("a"), refused())).isEqualTo(Sighting.FIRST);
        assertThat(auditLog().signInRefused(signIn("a"), refused())).isEqualTo(Sighting.REPLAYED);
        IssuedGrant issued = grant();
        assertThat(issue(issued, signIn("a"))).isEqualTo(Issuance.REPLAYED);
        assertThat(auditLines()).containsExactly(refused());
    }

    @Test
    default void oldSignInsAreForgottenInBatchesOldestFirst() {
        SignInDigest oldest = signIn("oldest");
        auditLog().signInRefused(signIn("older"), refusedAt(NOW.minusSeconds(20)));
        auditLog().signInRefused(oldest, refusedAt(NOW.minusSeconds(30)));
        auditLog().signInRefused(signIn("young"), refusedAt(NOW));
        assertThat(expiring().forget(new Expired.SignIns(NOW), 1)).isEqualTo(1);
        assertThat(auditLog().signInRefused(oldest, refused())).isEqualTo(Sighting.FIRST);
        assertThat(expiring().forget(new Expired.SignIns(NOW), 10)).isEqualTo(1);
        assertThat(expiring().forget(new Expired.SignIns(NOW), 10)).isZero();
        assertThat(auditLog().signInRefused(signIn("young"), refused())).isEqualTo(Sighting.REPLAYED);
    }
}
