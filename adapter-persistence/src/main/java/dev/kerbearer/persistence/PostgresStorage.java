package dev.kerbearer.persistence;

import dev.kerbearer.domain.port.ApiIntegrations;
import dev.kerbearer.domain.port.AuditLog;
import dev.kerbearer.domain.port.Directory;
import dev.kerbearer.domain.port.Grants;
import dev.kerbearer.domain.port.LocalIdentities;
import dev.kerbearer.domain.port.ResourceServers;
import dev.kerbearer.domain.port.RotationLinks;
import dev.kerbearer.domain.port.ServerKeyRegister;
import dev.kerbearer.domain.port.SignInRecords;
import javax.sql.DataSource;

/** Makes the storage ports that work on a PostgreSQL database of this version's schema. */
public final class PostgresStorage {

    private PostgresStorage() {}

    /** Grants. */
    public static Grants grants(DataSource database) {
        return new PostgresGrants(new Statements(database));
    }

    /** The audit log. */
    public static AuditLog auditLog(DataSource database) {
        return new PostgresSignIns(new Statements(database));
    }

    /** The sign-ins that were answered. */
    public static SignInRecords signInRecords(DataSource database) {
        return new PostgresSignIns(new Statements(database));
    }

    /** The links by which successors of refresh tokens are derived again. */
    public static RotationLinks rotationLinks(DataSource database) {
        return new PostgresRotations(new Statements(database));
    }

    /** The fingerprints of the server keys. */
    public static ServerKeyRegister serverKeyRegister(DataSource database) {
        return new PostgresServerKeyRegister(database);
    }

    /** The registered resource servers. */
    public static ResourceServers resourceServers(DataSource database) {
        return new PostgresResourceServers(new Statements(database));
    }

    /** The registered integrations. */
    public static ApiIntegrations integrations(DataSource database) {
        return new PanacheApiIntegrations(new Statements(database));
    }

    /** The identities that Kerbearer keeps itself, as those who keep them see them. */
    public static LocalIdentities localIdentities() {
        return new PanacheLocalIdentities();
    }

    /** The identities that Kerbearer keeps itself, as sign-in sees them. */
    public static Directory localDirectory(DataSource database) {
        return new PanacheLocalDirectory(new Statements(database));
    }
}
