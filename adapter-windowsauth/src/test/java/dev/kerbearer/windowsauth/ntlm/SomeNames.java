package dev.kerbearer.windowsauth.ntlm;

import dev.kerbearer.domain.guessing.ClientAddress;
import java.util.Optional;
import java.util.Set;

/** The names of the service that a test signs in to, and the endpoints of a connection to it. */
public final class SomeNames {

    /** No name: only clients that state no name can sign in. */
    public static final ServiceNames NONE = new ServiceNames(Set::of, false);

    /** A connection within this machine. */
    public static final Endpoints HERE = new Endpoints(ClientAddress.of("10.0.0.1"), Optional.of("127.0.0.1"));

    static final ServiceNames OF_KERBEARER =
            new ServiceNames(() -> Set.of("auth.example.com", "10.0.0.9", "2001:db8::9"), true);

    private SomeNames() {}
}
