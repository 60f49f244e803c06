package dev.kerbearer.persistence;

import static dev.kerbearer.domain.Samples.ALICE;
import static dev.kerbearer.domain.Samples.ALICE_PRINCIPAL;
import static dev.kerbearer.domain.Samples.CLIENT;
import static dev.kerbearer.domain.Samples.DEFAULTS;
import static dev.kerbearer.domain.Samples.NOW;
import static dev.kerbearer.domain.Samples.ORIGIN;
import static dev.kerbearer.domain.Samples.integration;
import static dev.kerbearer.domain.Samples.localName;
import static dev.kerbearer.domain.Samples.rule;
import static dev.kerbearer.domain.Samples.signIn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.domain.Samples;
import dev.kerbearer.domain.audit.Act;
import dev.kerbearer.domain.audit.Origin;
import dev.kerbearer.domain.grant.Grant;
import dev.kerbearer.domain.grant.IssuedGrant;
import dev.kerbearer.domain.grant.Rotation;
import dev.kerbearer.domain.grant.Successor;
import dev.kerbearer.domain.grant.TokenSecret;
import dev.kerbearer.domain.identity.LocalIdentity;
import dev.kerbearer.domain.integration.TokenFormat;
import dev.kerbearer.domain.port.ApiIntegrations;
import dev.kerbearer.domain.port.Directory;
import dev.kerbearer.domain.port.Grants;
import dev.kerbearer.domain.port.Grants.Issuance;
import dev.kerbearer.domain.port.StoragePorts;
import dev.kerbearer.domain.scope.Scope;
import dev.kerbearer.domain.version.Basis;
import dev.kerbearer.domain.version.Version;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PostgreSQL raises the versions by itself, and the usual sign-in and refresh need few statements because of them. */
@QuarkusTest
@QuarkusTestResource(RunningPostgres.class)
class VersionedRulesTest {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Act.ByHolder SIGN_IN = new Act.ByHolder(ORIGIN, NOW);

    @Inject
    DataSource database;

    @BeforeEach
    void aliceHasAccess() {
        PostgresStorage.localIdentities(Samples.NTLM_DERIVATION, Samples.SERVER_KEYS, RANDOM::nextBytes)
                .put(
                        new LocalIdentity(
                                localName("alice"),
                                Optional.of(ALICE.guid()),
                                Set.of(ALICE_PRINCIPAL),
                                Set.of(localName("operators")),
                                true),
                        Act.atTheStart(Origin.ofImport("test"), NOW));
        PostgresStorage.integrations(database)
                .put(integration("certificate:manage", rule(ALICE)), Act.atTheStart(Origin.ofImport("test"), NOW));
    }

    @AfterEach
    void empty() throws SQLException {
        execute("truncate sign_ins, grants, access_rules, api_integrations, audit_events, local_identities cascade");
    }

    /** Changes that an operator makes by hand, or a node of an earlier version. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "update api_integrations set url = 'https://new.example'",
                "update api_integrations set enabled = false",
                "insert into access_rules (integration_id, trustee_provider, trustee_guid)"
                        + " select id, 'local', gen_random_uuid() from api_integrations",
                "update access_rules set scope = 'certificate'",
                "delete from access_rules",
                "update local_identities set name = 'alicia' where kind = 'user'",
                "update local_identities set enabled = false where kind = 'user'",
                "update local_identities set name = 'admins' where kind = 'group'",
                "delete from local_identities where kind = 'group'",
                "insert into local_principals (realm, name, user_guid)"
                        + " select 'R', 'n', guid from local_identities where kind = 'user'",
                "update local_principals set name = 'alicia'",
                "delete from local_principals",
                "delete from local_memberships",
                "truncate access_rules",
                "truncate local_principals",
                "truncate local_memberships",
                "set local session_replication_role = replica; delete from access_rules",
                "set local search_path = ''; delete from public.local_principals"
            })
    void everyChangeOfARuleRaisesAVersion(String change) throws SQLException {
        IssuedGrant issued = grant();
        Basis before = basis(issued.grant());
        execute(change);
        assertThat(issue(issued, before)).isEqualTo(Issuance.CHANGED);
    }

    @Test
    void aRestoredRowDoesNotGetItsOldVersion() throws SQLException {
        IssuedGrant issued = grant();
        Basis before = basis(issued.grant());
        execute("""
                create temp table kept on commit drop as select * from local_identities where kind = 'user';
                delete from local_identities where kind = 'user';
                insert into local_identities select * from kept;
                """);
        assertThat(issue(issued, before)).isEqualTo(Issuance.CHANGED);
    }

    @Test
    void aVersionIsNotUsedAgainAfterTheSequenceIsSetBack() throws SQLException {
        IssuedGrant issued = grant();
        execute("update local_identities set name = 'alicia' where kind = 'user'");
        Basis before = basis(issued.grant());
        execute("select setval('versions', (select version >> 32 from local_identities where kind = 'user') - 1)");
        execute("update local_identities set name = 'alice' where kind = 'user'");
        assertThat(basis(issued.grant()).identity().orElseThrow().value() >> 32)
                .isEqualTo(before.identity().orElseThrow().value() >> 32);
        assertThat(issue(issued, before)).isEqualTo(Issuance.CHANGED);
    }

    /** The rights that docs/operations.md gives to the role of the nodes. */
    @Test
    void aRoleWithRightsOnTheTablesOnlyCanChangeRules() throws SQLException {
        IssuedGrant issued = grant();
        Basis before = basis(issued.grant());
        execute("""
                create role nodes;
                grant select, insert, update, delete on all tables in schema public to nodes;
                set local role nodes;
                insert into api_integrations (id, name, description, vendor, url, scope, enabled)
                    values ('another', '', '', '', '', 'ssh', true);
                insert into local_identities (guid, kind, name, enabled) values (gen_random_uuid(), 'user', 'bob', true);
                delete from access_rules;
                update local_identities set enabled = false where kind = 'user';
                reset role;
                drop owned by nodes;
                drop role nodes;
                """);
        assertThat(issue(issued, before)).isEqualTo(Issuance.CHANGED);
    }

    /** The functions of the triggers have the rights of the owner, so they must not serve anybody else. */
    @Test
    void aRoleWithoutRightsCanNeitherUseTheFunctionsNorPutItsOwnTableInTheirWay() throws SQLException {
        execute("create role nobody_here");
        try {
            assertThat(isRefused("""
                            set local role nobody_here;
                            create temp table bait (integration_id text) on commit drop;
                            create trigger own after insert on bait
                                for each row execute function raise_version_of_integration();
                            """)).isTrue();
            try (Connection connection = database.getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet safe = statement.executeQuery("""
                            select bool_and(array_to_string(proconfig, ' ') like '%, pg_temp') and count(*) = 4
                            from pg_proc where prosecdef and pronamespace = 'public'::regnamespace
                            """)) {
                safe.next();
                assertThat(safe.getBoolean(1)).isTrue();
            }
        } finally {
            execute("drop role nobody_here");
        }
    }

    private boolean isRefused(String sql) {
        try {
            execute(sql);
            return false;
        } catch (SQLException refused) {
            return "42501".equals(refused.getSQLState());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "delete from access_rules",
                "update api_integrations set enabled = false",
                "delete from local_principals",
                "update local_identities set enabled = false where kind = 'user'"
            })
    void aGrantWaitsForAChangeThatIsUnderWayAndDoesNotIgnoreIt(String change) throws Exception {
        IssuedGrant issued = grant();
        Basis before = basis(issued.grant());
        try (Connection other = database.getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute(change);
            CompletableFuture<Issuance> issuance = CompletableFuture.supplyAsync(() -> issue(issued, before));
            assertThat(waits(issuance)).isTrue();
            other.commit();
            assertThat(issuance.get()).isEqualTo(Issuance.CHANGED);
        }
        assertThat(PostgresStorage.grants(database)
                        .findByAccessToken(issued.tokens().access().digest()))
                .isEmpty();
    }

    private static boolean waits(CompletableFuture<Issuance> issuance) throws Exception {
        try {
            issuance.get(300, TimeUnit.MILLISECONDS);
            return false;
        } catch (TimeoutException stillWaiting) {
            return true;
        }
    }

    @Test
    void theUsualSignInIsOneStatementAndTheUsualRefreshTwo() {
        AtomicInteger statements = new AtomicInteger();
        DataSource counted = counted(statements);
        ApiIntegrations integrations = PostgresStorage.integrations(counted);
        Directory directory = PostgresStorage.localDirectory(counted);
        Grants grants = PostgresStorage.grants(counted);
        integrations.find(CLIENT);
        directory.recognise(ALICE_PRINCIPAL);
        directory.recognise(ALICE);
        statements.set(0);

        IssuedGrant issued = grant();
        Basis bySignIn = new Basis(
                integrations.remembered(CLIENT).orElseThrow().version(),
                version(directory.remembered(ALICE_PRINCIPAL, Optional.empty())));
        assertThat(grants.issue(issued, bySignIn, signIn("a"), SIGN_IN)).isEqualTo(Issuance.RECORDED);
        assertThat(statements).hasValue(1);

        statements.set(0);
        TokenSecret presented = issued.tokens().refresh().orElseThrow();
        grants.findByRefreshToken(presented.digest());
        Basis byRefresh = new Basis(
                integrations.remembered(CLIENT).orElseThrow().version(), version(directory.remembered(ALICE)));
        Successor successor =
                Successor.of(presented.reveal(), TokenFormat.OPAQUE, Samples.SERVER_KEYS, RANDOM::nextBytes);
        Grant next = issued.grant().refreshed(NOW);
        assertThat(grants.rotate(presented.digest(), byRefresh, next, successor, Duration.ofSeconds(30), SIGN_IN))
                .isEqualTo(new Rotation.Rotated(next));
        assertThat(statements).hasValue(2);
    }

    private static Optional<Version> version(Directory.Recognition recognition) {
        return ((Directory.Recognition.Recognised) recognition).caller().version();
    }

    /** Counts the connections that are taken: each statement takes one. */
    private DataSource counted(AtomicInteger taken) {
        return (DataSource) Proxy.newProxyInstance(
                DataSource.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getConnection")) {
                        taken.incrementAndGet();
                    }
                    try {
                        return method.invoke(database, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }

    private Basis basis(Grant grant) {
        return StoragePorts.basis(
                PostgresStorage.integrations(database), PostgresStorage.localDirectory(database), grant);
    }

    private Issuance issue(IssuedGrant issued, Basis basis) {
        return PostgresStorage.grants(database).issue(issued, basis, signIn("a"), SIGN_IN);
    }

    private static IssuedGrant grant() {
        return Grant.issue(ALICE, CLIENT, Scope.parse("certificate:manage"), DEFAULTS, NOW, RANDOM::nextBytes);
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
