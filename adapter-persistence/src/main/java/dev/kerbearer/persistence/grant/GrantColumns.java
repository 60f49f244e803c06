package dev.kerbearer.persistence.grant;

import dev.kerbearer.domain.grant.Grant;
import dev.kerbearer.domain.grant.GrantId;
import dev.kerbearer.domain.identity.Identity;
import dev.kerbearer.domain.identity.Provider;
import dev.kerbearer.domain.integration.Audience;
import dev.kerbearer.domain.integration.ClientId;
import dev.kerbearer.domain.integration.TokenForm;
import dev.kerbearer.domain.integration.TokenFormat;
import dev.kerbearer.domain.scope.Scope;
import dev.kerbearer.domain.version.Basis;
import dev.kerbearer.domain.version.Version;
import dev.kerbearer.persistence.sql.Statements.Bound;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/** Reads a grant from the columns of {@code grants}. */
final class GrantColumns {

    /** The columns with the live access token. */
    static final String LIVE = """
            id, identity_provider, identity_guid, client_id, scope, renewable, token_format, audience,
            issued_at, access_issued_at, access_expires_at, refresh_until""";

    /** The columns with the access token that was replaced last. */
    static final String FORMER = """
            id, identity_provider, identity_guid, client_id, scope, renewable, token_format, audience,
            issued_at, former_access_issued_at as access_issued_at, former_access_expires_at as access_expires_at,
            refresh_until""";

    /**
     * The condition for a grant that has not ended. It is written so that PostgreSQL does not match it to the partial
     * indexes. If nearly all grants have ended, the planner takes those indexes for almost empty. It then scans one
     * completely instead of looking up the digest.
     */
    static final String NOT_ENDED = "coalesce(ended_at, 'infinity') = 'infinity'";

    /** No row has this version. */
    private static final long NO_VERSION = -1;

    /** The text form of an identity, in SQL. */
    static final String IDENTITY = "identity_provider || ':{' || identity_guid || '}'";

    private GrantColumns() {}

    /**
     * Sets five parameters: the id and version of the integration, the guid and version of the identity, and whether
     * the identity is kept elsewhere.
     */
    static void bind(Bound statement, Grant grant, Basis basis) throws SQLException {
        statement
                .with(grant.client().value())
                .with(basis.integration().value())
                .with(grant.identity().guid())
                .with(basis.identity().map(Version::value).orElse(NO_VERSION))
                .with(!grant.identity().provider().equals(Provider.LOCAL));
    }

    static Grant read(ResultSet row) throws SQLException {
        return new Grant(
                new GrantId(row.getObject("id", UUID.class)),
                new Identity(
                        new Provider(row.getString("identity_provider")), row.getObject("identity_guid", UUID.class)),
                new ClientId(row.getString("client_id")),
                Scope.parse(row.getString("scope")),
                row.getBoolean("renewable"),
                new TokenForm(
                        TokenFormat.valueOf(row.getString("token_format")),
                        Optional.ofNullable(row.getString("audience")).map(Audience::new)),
                row.getTimestamp("issued_at").toInstant(),
                row.getTimestamp("access_issued_at").toInstant(),
                row.getTimestamp("access_expires_at").toInstant(),
                row.getTimestamp("refresh_until").toInstant());
    }
}
