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

    /** A face is a package of REST that is none of those which every face may know. */
    private static final DescribedPredicate<Slice> IS_A_FACE = describe(
            "is a face", slice -> !Set.of("edge", "token", "json").contains(slice.getNamePart(1)));

    static final List<Rule> ALL = List.of(
            // Every module
            closed(DOMAIN),
            closed(APPLICATION),
            closed(REST),
            closed(PERSISTENCE),
            closed(WINDOWSAUTH),
            closed(BOOTSTRAP),
            // REST
            new Rule(
                    "the edge knows no face, no tokens and no definitions",
                    REST.packages("edge").knowOnly(),
                    "package dev.kerbearer.rest.edge; class Wrong { dev.kerbearer.rest.vedauth.VedauthFace face; }"),
            new Rule(
                    "a face knows no other face",
                    slices().matching("dev.kerbearer.rest.(*)..").that(IS_A_FACE).should().notDependOnEachOther(),
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
                    "package dev.kerbearer.windowsauth.kerberos; class Wrong { io.vertx.core.Vertx vertx; }"));

    private PackageRules() {}

    private static Rule closed(MavenModule module) {
        return new Rule(
                "every class under " + module.root() + " is in a known package",
                module.isClosed(),
                "package " + module.root() + ".misc; class Misc {}");
    }
}
