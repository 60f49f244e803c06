package dev.kerbearer.windowsauth.krb5conf;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Finds the {@code krb5.conf} that the JDK reads. */
public final class Krb5ConfFile {

    private Krb5ConfFile() {}

    /**
     * Returns the file that the system property names, else the JDK's own file if it exists, else the system's file.
     */
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
