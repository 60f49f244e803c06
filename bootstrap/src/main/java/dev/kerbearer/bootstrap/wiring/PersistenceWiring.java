package dev.kerbearer.bootstrap.wiring;

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
import dev.kerbearer.persistence.PostgresStorage;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalPoolInterceptor;
import io.quarkus.arc.Unremovable;
import io.quarkus.credentials.CredentialsProvider;
import io.quarkus.flyway.FlywayConfigurationCustomizer;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.Config;

/** Provides the storage ports, on PostgreSQL. */
@Singleton
final class PersistenceWiring {

    @Produces
    @Singleton
    AgroalPoolInterceptor connectionLimits(Instance<AgroalDataSource> pool) {
        return PostgresStorage.connectionLimits(pool::get);
    }

    @Produces
    @Singleton
    @Unremovable
    CredentialsProvider credentials(Config config) {
        return PostgresStorage.credentials(config);
    }

    @Produces
    @Singleton
    FlywayConfigurationCustomizer unlimitedMigrations() {
        return PostgresStorage.unlimitedMigrations();
    }

    @Produces
    @Singleton
    Grants grants(DataSource database) {
        return PostgresStorage.grants(database);
    }

    @Produces
    @Singleton
    AuditLog auditLog(DataSource database) {
        return PostgresStorage.auditLog(database);
    }

    @Produces
    @Singleton
    Expiring expiring(DataSource database) {
        return PostgresStorage.expiring(database);
    }

    @Produces
    @Singleton
    ServerKeyRegister serverKeyRegister(DataSource database) {
        return PostgresStorage.serverKeyRegister(database);
    }

    @Produces
    @Singleton
    SigningKeys signingKeys(DataSource database) {
        return PostgresStorage.signingKeys(database);
    }

    @Produces
    @Singleton
    ApiIntegrations integrations(DataSource database) {
        return PostgresStorage.integrations(database);
    }

    @Produces
    @Singleton
    TrusteeNames trusteeNames(DataSource database) {
        return PostgresStorage.trusteeNames(database);
    }

    @Produces
    @Singleton
    ResourceServers resourceServers(DataSource database) {
        return PostgresStorage.resourceServers(database);
    }

    @Produces
    @Singleton
    LocalIdentities localIdentities(NtlmDerivation ntlm, ServerKeys keys) {
        return PostgresStorage.localIdentities(ntlm, keys, new SecureRandom()::nextBytes);
    }

    @Produces
    @Singleton
    NtlmVerifiers ntlmVerifiers(DataSource database) {
        return PostgresStorage.ntlmVerifiers(database);
    }

    @Produces
    @Singleton
    FailedSignIns failedSignIns(DataSource database) {
        return PostgresStorage.failedSignIns(database);
    }

    @Produces
    @Singleton
    Directory localDirectory(DataSource database) {
        return PostgresStorage.localDirectory(database);
    }
}
