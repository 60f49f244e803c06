package dev.kerbearer.domain.port;

/** What every implementation of the storage ports keeps to: the contract of each port. */
public interface StorageContract
        extends GrantsContract,
                RefreshContract,
                AuditLinesContract,
                GrantRecordsContract,
                SignInRecordsContract,
                SigningKeysContract,
                ApiIntegrationsContract,
                LocalIdentitiesContract,
                NtlmVerifiersContract,
                ResourceServersContract,
                TrusteeNamesContract {}
