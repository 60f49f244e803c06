package dev.kerbearer.windowsauth.krb5conf;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The {@code krb5.conf} that the JDK reads. */
public final class Krb5ConfFile {

    private Krb5ConfFile() {}

    /** The one that a system property names, or else the JDK's own where it has one, or else the system's. */
    public static Path inForce() {
        return of(
                Optional.ofNullable(System.getProperty("java.security.krb5.conf")),
                Path.of(System.getProperty("java.home")));
    }

    static Path of(Optional<String> property, Path javaHome) {
        Path ofTheJdk = javaHome.resolve("conf/security/krb5.conf");
        return property.map(Path::of).orElse(Files.exists(ofTheJdk) ? ofTheJdk : Path.of("/etc/krb5.conf"));
    }
}
