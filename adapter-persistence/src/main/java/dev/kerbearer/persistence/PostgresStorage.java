package dev.kerbearer.persistence;

import dev.kerbearer.domain.key.ServerKeys;
import dev.kerbearer.domain.port.ApiIntegrations;
import dev.kerbearer.domain.port.AuditLog;
import dev.kerbearer.domain.port.Directory;
import dev.kerbearer.domain.port.Expiring;
import dev.kerbearer.domain.port.FailedSignIns;
import dev.kerbearer.domain.port.Grants;
import dev.kerbearer.domain.port.LocalIdentities;
import dev.kerbearer.domain.port.NtlmDerivation;
import dev.kerbearer.domain.port.NtlmVerifiers;
import dev.kerbearer.domain.port.ResourceServers;
import dev.kerbearer.domain.port.ServerKeyRegister;
import dev.kerbearer.domain.port.SigningKeys;
import dev.kerbearer.domain.port.TrusteeNames;
import dev.kerbearer.domain.secret.SecretSource;
import dev.kerbearer.persistence.grant.PostgresGrantRecords;
import dev.kerbearer.persistence.grant.PostgresGrants;
import dev.kerbearer.persistence.grant.PostgresRotations;
import dev.kerbearer.persistence.identity.PanacheLocalDirectory;
import dev.kerbearer.persistence.identity.PanacheLocalIdentities;
import dev.kerbearer.persistence.identity.PostgresNtlmVerifiers;
import dev.kerbearer.persistence.identity.PostgresTrusteeNames;
import dev.kerbearer.persistence.identity.RememberedLocalDirectory;
import dev.kerbearer.persistence.integration.PanacheApiIntegrations;
import dev.kerbearer.persistence.integration.PostgresResourceServers;
import dev.kerbearer.persistence.integration.RememberedIntegrations;
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
import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalPoolInterceptor;
import io.quarkus.credentials.CredentialsProvider;
import io.quarkus.flyway.FlywayConfigurationCustomizer;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.Config;

/** Creates the storage ports for a PostgreSQL database with this version's schema. */
public final class PostgresStorage {

    private static final int MOST_FAILURE_COUNTS = 100_000;
    private static final int MOST_SIGN_IN_ADDRESSES = 1_000_000;

    private PostgresStorage() {}

    /** Returns the store of grants. */
    public static Grants grants(DataSource database) {
        return new PostgresGrants(new Statements(database));
    }

    /** Returns the audit log. */
    public static AuditLog auditLog(DataSource database) {
        return new PostgresSignIns(new Statements(database));
    }

    /** Returns the store that deletes expired records. */
    public static Expiring expiring(DataSource database) {
        Statements statements = new Statements(database);
        return new PostgresExpiring(
                new PostgresRotations(statements),
                new PostgresSignIns(statements),
                postgresFailedSignIns(statements),
                new PostgresGrantRecords(new Statements(UnlimitedTime.on(database))));
    }

    /** Returns the fingerprints of the server keys. */
    public static ServerKeyRegister serverKeyRegister(DataSource database) {
        return new PostgresServerKeyRegister(database);
    }

    /** Returns the signing keys that all nodes share. */
    public static SigningKeys signingKeys(DataSource database) {
        return new PostgresSigningKeys(database);
    }

    /** Returns the identities to which names in access lists were last resolved. */
    public static TrusteeNames trusteeNames(DataSource database) {
        return new PostgresTrusteeNames(new Statements(database));
    }

    /** Returns the registered resource servers, from a cache that is at most one second old. */
    public static ResourceServers resourceServers(DataSource database) {
        return new RememberedResourceServers(new PostgresResourceServers(new Statements(database)), System::nanoTime);
    }

    /** Returns the registered integrations, which the result remembers. */
    public static ApiIntegrations integrations(DataSource database) {
        return new RememberedIntegrations(new PanacheApiIntegrations(new Statements(database)));
    }

    /**
     * Returns the store through which local identities are managed.
     *
     * @param ntlm derives what is stored of a password for NTLM
     * @param keys encrypt it
     * @param random randomness for the encryption
     */
    public static LocalIdentities localIdentities(NtlmDerivation ntlm, ServerKeys keys, SecretSource random) {
        return new PanacheLocalIdentities(ntlm, keys, random);
    }

    /** Returns what is stored of the passwords of local identities for NTLM. */
    public static NtlmVerifiers ntlmVerifiers(DataSource database) {
        return new PostgresNtlmVerifiers(new Statements(database));
    }

    /** Returns the store of failed sign-ins with passwords. */
    public static FailedSignIns failedSignIns(DataSource database) {
        return postgresFailedSignIns(new Statements(database));
    }

    private static PostgresFailedSignIns postgresFailedSignIns(Statements statements) {
        return new PostgresFailedSignIns(statements, MOST_FAILURE_COUNTS, MOST_SIGN_IN_ADDRESSES);
    }

    /**
     * Returns the pool interceptor that quickly gives up on a database that neither answers nor refuses. The time limit
     * itself is the driver's {@code socketTimeout}.
     */
    public static AgroalPoolInterceptor connectionLimits(Supplier<AgroalDataSource> pool) {
        return new ConnectionLimits(pool);
    }

    /** Returns the role and password of the data source, read from the configuration for each new connection. */
    public static CredentialsProvider credentials(Config config) {
        return new ConfiguredCredentials(config);
    }

    /**
     * Runs migrations on pool connections without the time limit. Before them it checks the database, and stops the
     * start if the database is too old or not encoded in UTF-8.
     */
    public static FlywayConfigurationCustomizer unlimitedMigrations() {
        return configuration -> {
            RequiredDatabase.check(configuration.getDataSource());
            configuration.dataSource(UnlimitedTime.on(configuration.getDataSource()));
        };
    }

    /** Returns the local identities as a directory for sign-in, which remembers them. */
    public static Directory localDirectory(DataSource database) {
        return new RememberedLocalDirectory(new PanacheLocalDirectory(new Statements(database)));
    }
}
