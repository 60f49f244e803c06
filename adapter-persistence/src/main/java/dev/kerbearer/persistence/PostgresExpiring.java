package dev.kerbearer.persistence;

import dev.kerbearer.domain.port.Expiring;
import dev.kerbearer.persistence.grant.PostgresGrantRecords;
import dev.kerbearer.persistence.grant.PostgresRotations;
import dev.kerbearer.persistence.signin.PostgresFailedSignIns;
import dev.kerbearer.persistence.signin.PostgresSignIns;

/** Deletes each kind of expired record from its own tables. */
final class PostgresExpiring implements Expiring {

    private final PostgresRotations rotations;
    private final PostgresSignIns signIns;
    private final PostgresFailedSignIns failedSignIns;
    private final PostgresGrantRecords grants;

    PostgresExpiring(
            PostgresRotations rotations,
            PostgresSignIns signIns,
            PostgresFailedSignIns failedSignIns,
            PostgresGrantRecords grants) {
        this.rotations = rotations;
        this.signIns = signIns;
        this.failedSignIns = failedSignIns;
        this.grants = grants;
    }

    @Override
    public int forget(Expired what, int atMost) {
        if (what instanceof Expired.SignIns old) {
            return signIns.forget(old.before(), atMost);
        }
        if (what instanceof Expired.Failures old) {
            return failedSignIns.forget(old.at(), atMost);
        }
        if (what instanceof Expired.EndedGrants old) {
            return grants.forget(old.over(), old.unused(), atMost);
        }
        if (what instanceof Expired.Links) {
            return rotations.forgetLinks(atMost);
        }
        throw new IllegalArgumentException("no table has " + what);
    }
}
