package dev.kerbearer.application.grant;

import dev.kerbearer.domain.refusal.Refusal;
import dev.kerbearer.domain.settings.Settings;
import dev.kerbearer.domain.signin.SignIn;
import java.util.function.Supplier;

/** Exchanges a Windows sign-in for a grant: {@code POST authorize/integrated} of {@code docs/wire.md}. */
public final class AuthorizeIntegrated {

    private final Supplier<Settings> settings;
    private final IssueGrant issueGrant;

    /**
     * @param settings the current system settings
     * @param issueGrant issues the grant
     */
    public AuthorizeIntegrated(Supplier<Settings> settings, IssueGrant issueGrant) {
        this.settings = settings;
        this.issueGrant = issueGrant;
    }

    /**
     * Returns a recorded grant with its tokens.
     *
     * @param signIn the sign-in of the caller
     * @param body reads the request, if this sign-in method is enabled
     * @throws dev.kerbearer.domain.refusal.RefusedException {@code invalid_client} if the sign-in method is disabled;
     *     otherwise like {@link IssueGrant#issue}
     */
    public Authorization authorize(SignIn signIn, Supplier<AuthorizeRequest> body) {
        return issueGrant.issue(signIn, () -> {
            signInMethodIsEnabled();
            return body.get();
        });
    }

    private void signInMethodIsEnabled() {
        if (!settings.get().integrated()) {
            throw Refusal.integratedSignInDisabled().asException();
        }
    }
}
