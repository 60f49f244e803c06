package dev.kerbearer.application.grant;

import dev.kerbearer.application.directory.Directories;
import dev.kerbearer.domain.audit.Act;
import dev.kerbearer.domain.grant.Ending;
import dev.kerbearer.domain.grant.Grant;
import dev.kerbearer.domain.identity.Caller;
import dev.kerbearer.domain.integration.ApiIntegration;
import dev.kerbearer.domain.port.ApiIntegrations;
import dev.kerbearer.domain.port.Directory;
import dev.kerbearer.domain.port.Directory.Recognition;
import dev.kerbearer.domain.port.Grants;
import dev.kerbearer.domain.port.Unavailable;
import dev.kerbearer.domain.refusal.RefusedException;
import dev.kerbearer.domain.version.Basis;
import dev.kerbearer.domain.version.Versioned;
import java.util.Optional;

/**
 * Decides whether the identity of a grant still has access to its integration. It requires a matching access rule, but
 * does not check its scope: the scope was fixed when the grant was issued.
 */
final class HolderAccess {

    private final ApiIntegrations integrations;
    private final Directories directories;
    private final Grants grants;

    /**
     * @param integrations the registered integrations
     * @param directories know whether an identity may still sign in
     * @param grants ends the grants of identities that may not
     */
    HolderAccess(ApiIntegrations integrations, Directories directories, Grants grants) {
        this.integrations = integrations;
        this.directories = directories;
        this.grants = grants;
    }

    /**
     * The access of a grant's identity.
     *
     * @param integration the integration
     * @param basis the versions by which this was decided
     */
    record Access(ApiIntegration integration, Basis basis) {}

    /**
     * Returns the access by what this node remembers; empty if that is not enough. Then {@link #current} decides.
     *
     * @throws Unavailable if nothing is remembered, and storage or a directory is unavailable
     */
    Optional<Access> remembered(Grant grant) {
        try {
            Versioned<ApiIntegration> integration = integrationIsEnabled(integrations.remembered(grant.client()));
            return directoryOf(grant).remembered(grant.identity()) instanceof Recognition.Recognised recognised
                    ? Optional.of(access(integration, recognised.caller()))
                    : Optional.empty();
        } catch (RefusedException maybeOutdated) {
            return Optional.empty();
        }
    }

    /**
     * Returns the access by the current rules. If the identity may no longer sign in, the grant ends.
     *
     * @throws RefusedException {@code invalid_grant} if the integration is not enabled, or if the identity may not sign
     *     in; {@code unauthorized_client} if no access rule matches
     * @throws Unavailable if storage or a directory is unavailable
     */
    Access current(Grant grant, Act.ByHolder act) {
        Versioned<ApiIntegration> integration = integrationIsEnabled(integrations.find(grant.client()));
        return access(integration, callerOf(grant, act));
    }

    private static Access access(Versioned<ApiIntegration> integration, Caller caller) {
        integration.value().requireAccess(caller);
        return new Access(integration.value(), new Basis(integration.version(), caller.version()));
    }

    private static Versioned<ApiIntegration> integrationIsEnabled(Optional<Versioned<ApiIntegration>> found) {
        return found.filter(integration -> integration.value().enabled())
                .orElseThrow(() -> RefreshGrant.invalid("its integration is not enabled"));
    }

    private Directory directoryOf(Grant grant) {
        return directories
                .of(grant.identity().provider())
                .orElseThrow(() -> new Unavailable(
                        "directory", new IllegalStateException("no directory is configured for " + grant.identity())));
    }

    private Caller callerOf(Grant grant, Act.ByHolder act) {
        Recognition recognition = directoryOf(grant).recognise(grant.identity());
        if (recognition instanceof Recognition.Recognised recognised) {
            return recognised.caller();
        }
        // The user can solve this by changing the password, so the grant stays alive.
        if (recognition instanceof Recognition.MustChangePassword) {
            throw RefreshGrant.invalid("its identity must change the password first");
        }
        grants.end(grant, Ending.SIGN_IN_REFUSED, act);
        throw RefreshGrant.invalid("its identity may no longer sign in");
    }
}
