package dev.kerbearer.domain.port;

/** The contract of every implementation of the storage ports: the contracts of all ports. */
public interface StorageContract
        extends GrantsContract,
                RefreshContract,
                VersionsContract,
                AuditLinesContract,
                ImportLinesContract,
                OldGrantsContract,
                OldSignInsContract,
                SigningKeysContract,
                ApiIntegrationsContract,
                LocalIdentitiesContract,
                NtlmVerifiersContract,
                ResourceServersContract,
                TrusteeNamesContract {}
