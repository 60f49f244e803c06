package dev.kerbearer.windowsauth;

import java.nio.file.Path;
import java.util.Optional;

/** The {@code krb5.conf} that the JDK reads. */
public final class Krb5ConfFile {

    private Krb5ConfFile() {}

    /** The one that a system property names, or else the system's. */
    public static Path inForce() {
        return Optional.ofNullable(System.getProperty("java.security.krb5.conf"))
                .map(Path::of)
                .orElse(Path.of("/etc/krb5.conf"));
    }
}
