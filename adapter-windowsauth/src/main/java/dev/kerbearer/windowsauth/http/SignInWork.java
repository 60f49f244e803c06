package dev.kerbearer.windowsauth.http;

import io.vertx.ext.web.RoutingContext;
import java.util.function.Supplier;

/** Wraps the work on a sign-in, on a thread that may block. */
@FunctionalInterface
public interface SignInWork {

    /**
     * Does the work on the current thread.
     *
     * @throws dev.kerbearer.domain.refusal.RefusedException if the work is refused or must not begin
     */
    <T> T on(RoutingContext context, Supplier<T> work);
}
