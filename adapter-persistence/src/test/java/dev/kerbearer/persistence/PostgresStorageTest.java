package dev.kerbearer.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.domain.Samples;
import dev.kerbearer.domain.audit.AuditEvent;
import dev.kerbearer.domain.audit.Origin;
import dev.kerbearer.domain.grant.GrantId;
import dev.kerbearer.domain.integration.ClientId;
import dev.kerbearer.domain.port.ApiIntegrations;
import dev.kerbearer.domain.port.AuditLog;
import dev.kerbearer.domain.port.Directory;
import dev.kerbearer.domain.port.Expiring;
import dev.kerbearer.domain.port.Grants;
import dev.kerbearer.domain.port.LocalIdentities;
import dev.kerbearer.domain.port.NtlmVerifiers;
import dev.kerbearer.domain.port.ResourceServers;
import dev.kerbearer.domain.port.SigningKeys;
import dev.kerbearer.domain.port.StorageContract;
import dev.kerbearer.domain.port.TrusteeNames;
import dev.kerbearer.persistence.grant.PostgresGrantRecords;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The storage ports obey their contract on a real PostgreSQL. */
@QuarkusTest
@QuarkusTestResource(RunningPostgres.class)
class PostgresStorageTest implements StorageContract {

    @Inject
    DataSource database;

    @AfterEach
    void empty() throws SQLException {
        execute(
                "truncate signing_keys, sign_ins, grants, access_rules, api_integrations, audit_events, local_identities, resource_servers, trustee_names cascade");
    }

    @Override
    public Grants grants() {
        return PostgresStorage.grants(database);
    }

    @Override
    public AuditLog auditLog() {
        return PostgresStorage.auditLog(database);
    }

    @Override
    public ApiIntegrations integrations() {
        return PostgresStorage.integrations(database);
    }

    @Override
    public LocalIdentities identities() {
        return PostgresStorage.localIdentities(
                Samples.NTLM_DERIVATION, Samples.SERVER_KEYS, new SecureRandom()::nextBytes);
    }

    @Override
    public NtlmVerifiers ntlmVerifiers() {
        return PostgresStorage.ntlmVerifiers(database);
    }

    @Override
    public Directory directory() {
        return PostgresStorage.localDirectory(database);
    }

    @Override
    public Expiring expiring() {
        return PostgresStorage.expiring(database);
    }

    @Override
    public ResourceServers resourceServers() {
        return PostgresStorage.resourceServers(database);
    }

    @Override
    public SigningKeys signingKeys() {
        return PostgresStorage.signingKeys(database);
    }

    @Override
    public TrusteeNames trusteeNames() {
        return PostgresStorage.trusteeNames(database);
    }

    @Override
    public List<AuditEvent> allAuditLines() {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select * from audit_events order by id")) {
            List<AuditEvent> lines = new ArrayList<>();
            while (row.next()) {
                lines.add(new AuditEvent(
                        row.getTimestamp("at").toInstant(),
                        AuditEvent.Action.valueOf(row.getString("action")),
                        row.getString("actor"),
                        origin(row),
                        Optional.ofNullable(row.getString("client_id")).map(ClientId::new),
                        Optional.ofNullable(row.getObject("grant_id", UUID.class))
                                .map(GrantId::new),
                        row.getString("outcome")));
            }
            return lines;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static Origin origin(ResultSet row) throws SQLException {
        Origin origin = new Origin(row.getString("address"), new Origin.Method(row.getString("method")));
        return Optional.ofNullable(row.getString("trace")).map(origin::traced).orElse(origin);
    }

    /** A sequential scan would read all of ten million grants each time. */
    @ParameterizedTest
    @MethodSource("queriesForOldGrants")
    void oldGrantsAreFoundByAnIndex(String sql, String index) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("set enable_seqscan = off");
            statement.execute("set enable_bitmapscan = off");
            statement.execute("set plan_cache_mode = force_generic_plan");
            try (PreparedStatement explain = connection.prepareStatement("explain " + sql)) {
                for (int i = 1; i <= explain.getParameterMetaData().getParameterCount(); i++) {
                    if (explain.getParameterMetaData().getParameterClassName(i).equals(Timestamp.class.getName())) {
                        explain.setTimestamp(i, Timestamp.from(Samples.NOW));
                    } else {
                        explain.setInt(i, 1000);
                    }
                }
                StringBuilder plan = new StringBuilder();
                try (ResultSet line = explain.executeQuery()) {
                    while (line.next()) {
                        plan.append(line.getString(1)).append('\n');
                    }
                }
                assertThat(plan.toString()).contains("Scan using " + index).doesNotContain("Seq Scan");
            }
        }
    }

    static Stream<Arguments> queriesForOldGrants() {
        return Stream.of(
                Arguments.of(PostgresGrantRecords.OVER, "grants_by_hour_of_end"),
                Arguments.of(PostgresGrantRecords.UNUSED, "grants_by_disuse"));
    }

    @Override
    public void whileAuditFails(Runnable what) {
        try {
            execute("alter table audit_events add constraint nothing_more check (false) not valid");
            try {
                what.run();
            } finally {
                execute("alter table audit_events drop constraint nothing_more");
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
