package dev.kerbearer.bootstrap;

import org.jboss.logging.Logger;

/** Says in one line why the start was refused; the causes follow for those who look on. */
final class StartFailure {

    private static final Logger LOG = Logger.getLogger(StartFailure.class);

    private StartFailure() {}

    static void tell(Throwable refused) {
        LOG.fatalf("Kerbearer does not start: %s", refused.getMessage());
        for (Throwable cause = refused.getCause(); cause != null; cause = cause.getCause()) {
            LOG.fatalf("  because: %s", cause.getMessage());
        }
    }
}
