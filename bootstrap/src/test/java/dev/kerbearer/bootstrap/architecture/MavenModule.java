package dev.kerbearer.bootstrap.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/** The modules with all their packages. A class in any other package breaks the architecture. */
enum MavenModule {
    DOMAIN(
            "domain",
            "audit",
            "digest",
            "grant",
            "guessing",
            "identity",
            "integration",
            "key",
            "network",
            "password",
            "port",
            "refusal",
            "resource",
            "scope",
            "secret",
            "settings",
            "signin",
            "version"),
    APPLICATION("application", "admin", "device", "directory", "grant", "signin", "upkeep"),
    REST(
            "rest",
            "edge",
            "edge.arrival",
            "edge.connection",
            "edge.face",
            "edge.members",
            "edge.outcome",
            "edge.queue",
            "edge.refusal",
            "token",
            "json",
            "vedauth",
            "oauth2",
            "admin",
            "console"),
    PERSISTENCE(
            "persistence",
            Packages.ROOT,
            "sql",
            "file",
            "embedded",
            "audit",
            "grant",
            "identity",
            "integration",
            "key",
            "settings",
            "signin"),
    WINDOWSAUTH(
            "windowsauth",
            "http",
            "kerberos",
            "kerberos.ticket",
            "ntlm",
            "ntlm.message",
            "spnego",
            "pac",
            "keytab",
            "krb5conf",
            "channel",
            "der",
            "encryption",
            "sid",
            "text",
            "ldap",
            "winbind",
            "outage",
            "doctor",
            "practice"),
    BOOTSTRAP("bootstrap", Packages.ROOT, "command", "config", "health", "schedule", "start", "wiring");

    private final String root;

    @SuppressWarnings("ImmutableEnumChecker") // It is made by List.of.
    private final List<String> packages;

    MavenModule(String name, String... packages) {
        this.root = "dev.kerbearer." + name;
        this.packages = List.of(packages);
    }

    /** The name of the package that contains all others of the module. */
    String root() {
        return root;
    }

    /** The root and all packages below it, as ArchUnit writes them. */
    String subtree() {
        return root + "..";
    }

    /** Some packages of this module, by their names below its root. */
    Packages packages(String... names) {
        List<String> named = List.of(names);
        if (!packages.containsAll(named)) {
            throw new IllegalArgumentException(root + " does not have all of the packages " + named);
        }
        return new Packages(this, named);
    }

    /** Every class of this module is in exactly one of its packages. */
    ArchRule isClosed() {
        return classes()
                .that()
                .resideInAPackage(subtree())
                .and()
                .doNotHaveSimpleName("package-info")
                .should()
                .resideInAnyPackage(packages.stream().map(this::qualified).toArray(String[]::new));
    }

    /** The full name of a package of this module. */
    String qualified(String name) {
        return name.equals(Packages.ROOT) ? root : root + "." + name;
    }
}
