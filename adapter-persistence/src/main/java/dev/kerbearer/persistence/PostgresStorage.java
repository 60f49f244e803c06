package dev.kerbearer.persistence;

import dev.kerbearer.persistence.grant.PostgresGrantRecords;
import dev.kerbearer.persistence.grant.PostgresGrants;
import dev.kerbearer.persistence.grant.PostgresRotations;
import dev.kerbearer.persistence.identity.PanacheLocalDirectory;
import dev.kerbearer.persistence.identity.PanacheLocalIdentities;
import dev.kerbearer.persistence.identity.PostgresNtlmVerifiers;
import dev.kerbearer.persistence.identity.PostgresTrusteeNames;
import dev.kerbearer.persistence.integration.PanacheApiIntegrations;
import dev.kerbearer.persistence.integration.PostgresResourceServers;
import dev.kerbearer.persistence.integration.RememberedResourceServers;
import dev.kerbearer.persistence.key.PostgresServerKeyRegister;
import dev.kerbearer.persistence.key.PostgresSigningKeys;
import dev.kerbearer.persistence.signin.PostgresFailedSignIns;
import dev.kerbearer.persistence.signin.PostgresSignIns;
import dev.kerbearer.persistence.sql.ConfiguredCredentials;
import dev.kerbearer.persistence.sql.ConnectionLimits;
import dev.kerbearer.persistence.sql.RequiredDatabase;
import dev.kerbearer.persistence.sql.Statements;
import dev.kerbearer.persistence.sql.UnlimitedTime;

import dev.kerbearer.domain.key.ServerKeys;
import dev.kerbearer.domain.port.ApiIntegrations;
import dev.kerbearer.domain.port.AuditLog;
import dev.kerbearer.domain.port.Directory;
import dev.kerbearer.domain.port.FailedSignIns;
import dev.kerbearer.domain.port.GrantRecords;
import dev.kerbearer.domain.port.Grants;
import dev.kerbearer.domain.port.LocalIdentities;
import dev.kerbearer.domain.port.NtlmVerifiers;
import dev.kerbearer.domain.port.ResourceServers;
import dev.kerbearer.domain.port.RotationLinks;
import dev.kerbearer.domain.secret.SecretSource;
import dev.kerbearer.domain.port.ServerKeyRegister;
import dev.kerbearer.domain.port.SignInRecords;
import dev.kerbearer.domain.port.SigningKeys;
import dev.kerbearer.domain.port.TrusteeNames;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalPoolInterceptor;
import io.quarkus.credentials.CredentialsProvider;
import io.quarkus.flyway.FlywayConfigurationCustomizer;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.Config;

/** Makes the storage ports that work on a PostgreSQL database of this version's schema. */
public final class PostgresStorage {

    private static final int MOST_FAILURE_COUNTS = 100_000;
    private static final int MOST_SIGN_IN_ADDRESSES = 1_000_000;

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

    /** The grants that are over. */
    public static GrantRecords grantRecords(DataSource database) {
        return new PostgresGrantRecords(new Statements(UnlimitedTime.on(database)));
    }

    /** The links by which successors of refresh tokens are derived again. */
    public static RotationLinks rotationLinks(DataSource database) {
        return new PostgresRotations(new Statements(database));
    }

    /** The fingerprints of the server keys. */
    public static ServerKeyRegister serverKeyRegister(DataSource database) {
        return new PostgresServerKeyRegister(database);
    }

    /** The signing keys that all nodes share. */
    public static SigningKeys signingKeys(DataSource database) {
        return new PostgresSigningKeys(database);
    }

    /** Who was meant by the names in access lists. */
    public static TrusteeNames trusteeNames(DataSource database) {
        return new PostgresTrusteeNames(new Statements(database));
    }

    /** The registered resource servers, as they were less than a second ago. */
    public static ResourceServers resourceServers(DataSource database) {
        return new RememberedResourceServers(new PostgresResourceServers(new Statements(database)), System::nanoTime);
    }

    /** The registered integrations. */
    public static ApiIntegrations integrations(DataSource database) {
        return new PanacheApiIntegrations(new Statements(database));
    }

    /**
     * The identities that Kerbearer keeps itself, as those who keep them see them.
     *
     * @param keys seal what is kept of passwords
     * @param random for sealing
     */
    public static LocalIdentities localIdentities(ServerKeys keys, SecretSource random) {
        return new PanacheLocalIdentities(keys, random);
    }

    /** What is kept of their passwords. */
    public static NtlmVerifiers ntlmVerifiers(DataSource database) {
        return new PostgresNtlmVerifiers(new Statements(database));
    }

    /** Failed sign-ins with passwords. */
    public static FailedSignIns failedSignIns(DataSource database) {
        return new PostgresFailedSignIns(new Statements(database), MOST_FAILURE_COUNTS, MOST_SIGN_IN_ADDRESSES);
    }

    /**
     * What the connection pool is to do so that a database which neither answers nor refuses is soon given up; the limit
     * itself is the driver's {@code socketTimeout}.
     */
    public static AgroalPoolInterceptor connectionLimits(Supplier<AgroalDataSource> pool) {
        return new ConnectionLimits(pool);
    }

    /** Role and password of the data source, as the configuration has them when a connection is made. */
    public static CredentialsProvider credentials(Config config) {
        return new ConfiguredCredentials(config);
    }

    /**
     * Migrations on the pool's connections, without that limit; and before them a look at the database, which stops the
     * start where it is too old or not encoded in UTF-8.
     */
    public static FlywayConfigurationCustomizer unlimitedMigrations() {
        return configuration -> {
            RequiredDatabase.check(configuration.getDataSource());
            configuration.dataSource(UnlimitedTime.on(configuration.getDataSource()));
        };
    }

    /** The identities that Kerbearer keeps itself, as sign-in sees them. */
    public static Directory localDirectory(DataSource database) {
        return new PanacheLocalDirectory(new Statements(database));
    }
}
