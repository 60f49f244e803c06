package dev.kerbearer.persistence;

import dev.kerbearer.domain.identity.Identity;
import dev.kerbearer.domain.integration.ClientId;
import jakarta.persistence.EntityManager;
import java.time.Instant;

/** Ends grants, however many, within the transaction that disables what they hang on. */
final class EndedGrants {

    private EndedGrants() {}

    static void ofClient(EntityManager transaction, ClientId client, Instant at) {
        UnlimitedTime.forRestOf(transaction);
        transaction
                .createNativeQuery("update grants set ended_at = :at where client_id = :client and ended_at is null")
                .setParameter("at", at)
                .setParameter("client", client.value())
                .executeUpdate();
    }

    static void ofIdentity(EntityManager transaction, Identity identity, Instant at) {
        UnlimitedTime.forRestOf(transaction);
        transaction
                .createNativeQuery("update grants set ended_at = :at where identity_guid = :guid"
                        + " and identity_provider = :provider and ended_at is null")
                .setParameter("at", at)
                .setParameter("guid", identity.guid())
                .setParameter("provider", identity.provider().name())
                .executeUpdate();
    }
}
