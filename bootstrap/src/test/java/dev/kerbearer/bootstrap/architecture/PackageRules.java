package dev.kerbearer.bootstrap.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static dev.kerbearer.bootstrap.architecture.MavenModule.APPLICATION;
import static dev.kerbearer.bootstrap.architecture.MavenModule.BOOTSTRAP;
import static dev.kerbearer.bootstrap.architecture.MavenModule.DOMAIN;
import static dev.kerbearer.bootstrap.architecture.MavenModule.PERSISTENCE;
import static dev.kerbearer.bootstrap.architecture.MavenModule.REST;
import static dev.kerbearer.bootstrap.architecture.MavenModule.WINDOWSAUTH;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.library.dependencies.Slice;
import java.util.List;
import java.util.Set;

/**
 * The rules for the packages inside each module, each with classes that it must reject. What a sentence says about the
 * packages that a package knows is about packages of the same module.
 */
final class PackageRules {

    private static final Packages DOMAIN_LEAVES = DOMAIN.packages("secret", "digest", "version", "network", "refusal");
    private static final Packages WINDOWSAUTH_LEAVES = WINDOWSAUTH.packages(
            "der", "text", "sid", "encryption", "krb5conf", "channel", "outage", "ntlm.message", "practice");

    /** A face is a package of REST that is none of those which every face may know. */
    private static final DescribedPredicate<Slice> IS_A_FACE =
            describe("is a face", slice -> !Set.of("edge", "token", "json").contains(slice.getNamePart(1)));

    static final List<Rule> ALL = List.of(
            // Every module
            closed(DOMAIN),
            closed(APPLICATION),
            closed(REST),
            closed(PERSISTENCE),
            closed(WINDOWSAUTH),
            closed(BOOTSTRAP),
            // Domain
            new Rule(
                    "the model knows no port",
                    DOMAIN.packages("port").areKnownOnlyTo(),
                    "package dev.kerbearer.domain.grant; class Wrong { dev.kerbearer.domain.port.Grants grants; }"),
            new Rule(
                    "secrets, digests, versions, networks and refusals know nothing else of the domain",
                    DOMAIN_LEAVES.knowOnly(),
                    DOMAIN_LEAVES.each("class Wrong { dev.kerbearer.domain.grant.Grant grant; }")),
            // Use cases
            new Rule(
                    "directories and upkeep know no other use case",
                    APPLICATION.packages("directory", "upkeep").knowOnly(),
                    """
                    package dev.kerbearer.application.directory;
                    class Wrong { dev.kerbearer.application.signin.RecogniseCaller recognise; }
                    """,
                    """
                    package dev.kerbearer.application.upkeep;
                    class Wrong { dev.kerbearer.application.signin.RecogniseCaller recognise; }
                    """),
            new Rule(
                    "sign-in and administration know only directories",
                    APPLICATION.packages("signin", "admin").knowOnly("directory"),
                    """
                    package dev.kerbearer.application.signin;
                    class Wrong { dev.kerbearer.application.grant.IssueGrant issue; }
                    """,
                    """
                    package dev.kerbearer.application.admin;
                    class Wrong { dev.kerbearer.application.grant.IssueGrant issue; }
                    """),
            new Rule(
                    "grants know only sign-in and directories",
                    APPLICATION.packages("grant").knowOnly("signin", "directory"),
                    """
                    package dev.kerbearer.application.grant;
                    class Wrong { dev.kerbearer.application.admin.RegisterIntegration register; }
                    """),
            // REST
            new Rule(
                    "the edge knows no face, no tokens and no definitions",
                    REST.packages("edge").knowOnly(),
                    "package dev.kerbearer.rest.edge; class Wrong { dev.kerbearer.rest.vedauth.VedauthFace face; }"),
            new Rule(
                    "a face knows no other face",
                    slices().matching("dev.kerbearer.rest.(*)..")
                            .that(IS_A_FACE)
                            .should()
                            .notDependOnEachOther(),
                    "package dev.kerbearer.rest.admin; class Wrong { dev.kerbearer.rest.console.Known face; }",
                    "package dev.kerbearer.rest.console; public class Known {}"),
            new Rule(
                    "tokens and definitions know neither each other nor edge nor faces",
                    REST.packages("token", "json").knowOnly(),
                    "package dev.kerbearer.rest.token; class Wrong { dev.kerbearer.rest.edge.Transport transport; }",
                    "package dev.kerbearer.rest.json; class Wrong { dev.kerbearer.rest.token.Issuer issuer; }"),
            new Rule(
                    "the queue knows nothing of HTTP",
                    noClasses()
                            .that()
                            .resideInAPackage("dev.kerbearer.rest.edge.queue..")
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage("io.vertx..", "io.netty..", "jakarta.ws..", "io.quarkus.."),
                    "package dev.kerbearer.rest.edge.queue; class Wrong { io.vertx.core.Vertx vertx; }"),
            // Persistence
            new Rule(
                    "SQL and files know nothing else of persistence",
                    PERSISTENCE.packages("sql", "file").knowOnly(),
                    """
                    package dev.kerbearer.persistence.sql;
                    class Wrong { dev.kerbearer.persistence.grant.PostgresGrants grants; }
                    """,
                    """
                    package dev.kerbearer.persistence.file;
                    class Wrong { dev.kerbearer.persistence.sql.Statements statements; }
                    """),
            new Rule(
                    "the embedded server knows only files, and nothing of what is stored",
                    PERSISTENCE.packages("embedded").knowOnly("file"),
                    """
                    package dev.kerbearer.persistence.embedded;
                    class Wrong { dev.kerbearer.persistence.grant.PostgresGrants grants; }
                    """),
            // Windows sign-in
            new Rule(
                    "Kerberos, NTLM, PACs and directories know nothing of HTTP",
                    noClasses()
                            .that()
                            .resideInAPackage(WINDOWSAUTH.subtree())
                            .and()
                            .resideOutsideOfPackages("dev.kerbearer.windowsauth.http..")
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage(
                                    "io.vertx..",
                                    "io.netty.channel..",
                                    "io.netty.handler..",
                                    "dev.kerbearer.windowsauth.http.."),
                    "package dev.kerbearer.windowsauth.kerberos; class Wrong { io.vertx.core.Vertx vertx; }"),
            new Rule(
                    "DER, text, SIDs, encryption, krb5.conf, channel bindings, outages, NTLM messages"
                            + " and the practice realm know nothing else of Windows sign-in",
                    WINDOWSAUTH_LEAVES.knowOnly(),
                    WINDOWSAUTH_LEAVES.each("class Wrong { dev.kerbearer.windowsauth.spnego.SpnegoOffer offer; }")),
            new Rule(
                    "SPNEGO, PACs and keytabs know no mechanism, only DER, text, SIDs and encryption",
                    WINDOWSAUTH.packages("spnego", "pac", "keytab").knowOnly("der", "text", "sid", "encryption"),
                    WINDOWSAUTH
                            .packages("spnego", "pac", "keytab")
                            .each("class Wrong { dev.kerbearer.windowsauth.ntlm.NtlmProof proof; }")),
            new Rule(
                    "tickets know only DER, encryption and keytabs",
                    WINDOWSAUTH.packages("kerberos.ticket").knowOnly("der", "encryption", "keytab"),
                    """
                    package dev.kerbearer.windowsauth.kerberos.ticket;
                    class Wrong { dev.kerbearer.windowsauth.kerberos.KerberosAcceptor acceptor; }
                    """),
            new Rule(
                    "NTLM knows only text, and nothing of Kerberos",
                    WINDOWSAUTH.packages("ntlm").knowOnly("text"),
                    """
                    package dev.kerbearer.windowsauth.ntlm;
                    class Wrong { dev.kerbearer.windowsauth.kerberos.KerberosAcceptor acceptor; }
                    """),
            new Rule(
                    "only the doctor knows the directories",
                    WINDOWSAUTH.packages("ldap", "winbind").areKnownOnlyTo("doctor"),
                    """
                    package dev.kerbearer.windowsauth.kerberos;
                    class Wrong { dev.kerbearer.windowsauth.ldap.ActiveDirectory directory; }
                    """),
            new Rule(
                    "Windows sign-in needs neither the doctor nor the practice realm",
                    WINDOWSAUTH.packages("doctor", "practice").areKnownOnlyTo(),
                    """
                    package dev.kerbearer.windowsauth.http;
                    class Wrong { dev.kerbearer.windowsauth.practice.EmbeddedRealm realm; }
                    """),
            // Bootstrap
            new Rule(
                    "the configuration knows nothing else of bootstrap",
                    BOOTSTRAP.packages("config").knowOnly(),
                    "package dev.kerbearer.bootstrap.config; class Wrong { dev.kerbearer.bootstrap.Kerbearer main; }"),
            new Rule(
                    "wiring knows only the configuration",
                    BOOTSTRAP.packages("wiring").knowOnly("config"),
                    """
                    package dev.kerbearer.bootstrap.wiring;
                    class Wrong { dev.kerbearer.bootstrap.start.Imports imports; }
                    """),
            new Rule(
                    "only the main class and health know the start",
                    BOOTSTRAP.packages("start").areKnownOnlyTo(Packages.ROOT, "health"),
                    """
                    package dev.kerbearer.bootstrap.command;
                    class Wrong { dev.kerbearer.bootstrap.start.Imports imports; }
                    """),
            new Rule(
                    "only the main class knows the commands",
                    BOOTSTRAP.packages("command").areKnownOnlyTo(Packages.ROOT),
                    """
                    package dev.kerbearer.bootstrap.start;
                    class Wrong { dev.kerbearer.bootstrap.command.Doctor doctor; }
                    """),
            new Rule(
                    "nothing in bootstrap knows health",
                    BOOTSTRAP.packages("health").areKnownOnlyTo(),
                    """
                    package dev.kerbearer.bootstrap.start;
                    class Wrong { dev.kerbearer.bootstrap.health.ServerKeyReadiness readiness; }
                    """));

    private PackageRules() {}

    private static Rule closed(MavenModule module) {
        return new Rule(
                "every class under " + module.root() + " is in a known package",
                module.isClosed(),
                "package " + module.root() + ".misc; class Misc {}");
    }
}
