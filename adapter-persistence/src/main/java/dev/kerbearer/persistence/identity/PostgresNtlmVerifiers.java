package dev.kerbearer.persistence.identity;

import dev.kerbearer.domain.identity.Identity;
import dev.kerbearer.domain.identity.NtlmVerifier;
import dev.kerbearer.domain.identity.PrefixedName;
import dev.kerbearer.domain.identity.Provider;
import dev.kerbearer.domain.key.KeyId;
import dev.kerbearer.domain.password.SealedNtlmSecret;
import dev.kerbearer.domain.port.NtlmVerifiers;
import dev.kerbearer.persistence.sql.Statements;
import dev.kerbearer.persistence.sql.Statements.Bound;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** NTLM verifiers in the table {@code ntlm_verifiers}. */
public final class PostgresNtlmVerifiers implements NtlmVerifiers {

    private static final String BY_NAME = """
            select user_guid, sealed_hash, sealed_under from ntlm_verifiers
            join local_identities on guid = user_guid where name = ?
            """;
    private static final String UNDER_ANOTHER =
            "select user_guid, sealed_hash, sealed_under from ntlm_verifiers where sealed_under <> ? limit ?";
    private static final String REPLACE = """
            update ntlm_verifiers set sealed_hash = ?, sealed_under = ?
            where user_guid = ? and sealed_hash = ?
            """;

    private final Statements statements;

    public PostgresNtlmVerifiers(Statements statements) {
        this.statements = statements;
    }

    @Override
    public Optional<NtlmVerifier> find(PrefixedName name) {
        return name.provider().equals(Provider.LOCAL)
                ? statements.run(BY_NAME, statement -> all(statement.with(name.name()))).stream()
                        .findFirst()
                : Optional.empty();
    }

    @Override
    public List<NtlmVerifier> notSealedUnder(KeyId key, int atMost) {
        return statements.run(
                UNDER_ANOTHER, statement -> all(statement.with(key.value()).with(atMost)));
    }

    @Override
    public void replace(NtlmVerifier old, SealedNtlmSecret sealedAnew) {
        statements.run(
                REPLACE,
                statement -> statement
                        .with(sealedAnew.sealed())
                        .with(sealedAnew.sealedUnder().value())
                        .with(old.identity().guid())
                        .with(old.secret().sealed())
                        .ready()
                        .executeUpdate());
    }

    private static List<NtlmVerifier> all(Bound statement) throws SQLException {
        List<NtlmVerifier> verifiers = new ArrayList<>();
        try (ResultSet row = statement.ready().executeQuery()) {
            while (row.next()) {
                verifiers.add(new NtlmVerifier(
                        new Identity(Provider.LOCAL, row.getObject("user_guid", UUID.class)),
                        new SealedNtlmSecret(row.getBytes("sealed_hash"), new KeyId(row.getString("sealed_under")))));
            }
        }
        return verifiers;
    }
}
