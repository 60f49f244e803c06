package dev.kerbearer.bootstrap.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.implement;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.persistence.Entity;
import jakarta.ws.rs.Path;
import java.util.List;

/** The rules of the whole architecture as sentences, each with a class that it must reject. */
final class Rules {

    private static final String DOMAIN = MavenModule.DOMAIN.subtree();
    private static final String APPLICATION = MavenModule.APPLICATION.subtree();
    private static final String REST = MavenModule.REST.subtree();
    private static final String PERSISTENCE = MavenModule.PERSISTENCE.subtree();
    private static final String WINDOWSAUTH = MavenModule.WINDOWSAUTH.subtree();
    private static final String BOOTSTRAP = MavenModule.BOOTSTRAP.subtree();
    private static final String PORT = "dev.kerbearer.domain.port..";

    static final List<Rule> ALL = List.of(
            // Modules
            new Rule(
                    "every class is in the package of a module",
                    classes()
                            .should()
                            .resideInAnyPackage(DOMAIN, APPLICATION, REST, PERSISTENCE, WINDOWSAUTH, BOOTSTRAP),
                    "package dev.kerbearer.misc; class Misc {}"),
            new Rule(
                    "the domain depends only on the JDK and JSpecify's annotations",
                    classes()
                            .that()
                            .resideInAPackage(DOMAIN)
                            .should()
                            .onlyDependOnClassesThat()
                            .resideInAnyPackage("java..", "javax.crypto..", "org.jspecify..", DOMAIN),
                    "package dev.kerbearer.domain.grant; class Wrong { jakarta.inject.Inject inject; }"),
            new Rule(
                    "the use cases depend only on the domain",
                    classes()
                            .that()
                            .resideInAPackage(APPLICATION)
                            .should()
                            .onlyDependOnClassesThat()
                            .resideInAnyPackage("java..", "org.jspecify..", DOMAIN, APPLICATION),
                    "package dev.kerbearer.application; class Wrong { jakarta.inject.Singleton singleton; }"),
            new Rule(
                    "REST knows no other adapter",
                    noClasses()
                            .that()
                            .resideInAPackage(REST)
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage(PERSISTENCE, WINDOWSAUTH),
                    "package dev.kerbearer.rest; class Wrong { dev.kerbearer.persistence.PostgresStorage storage; }"),
            new Rule(
                    "Windows sign-in knows no other adapter",
                    noClasses()
                            .that()
                            .resideInAPackage(WINDOWSAUTH)
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage(PERSISTENCE, REST),
                    "package dev.kerbearer.windowsauth; class Wrong { dev.kerbearer.rest.edge.Transport transport; }"),
            new Rule(
                    "persistence knows the domain, and neither use cases nor other adapters",
                    noClasses()
                            .that()
                            .resideInAPackage(PERSISTENCE)
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage(APPLICATION, REST, WINDOWSAUTH),
                    "package dev.kerbearer.persistence; class Wrong { dev.kerbearer.application.grant.VerifyToken verify; }"),
            new Rule(
                    "no other module depends on bootstrap",
                    noClasses()
                            .that()
                            .resideOutsideOfPackage(BOOTSTRAP)
                            .should()
                            .dependOnClassesThat()
                            .resideInAPackage(BOOTSTRAP),
                    "package dev.kerbearer.rest; class Wrong { dev.kerbearer.bootstrap.config.KerbearerConfig config; }"),
            new Rule(
                    "packages form no cycle",
                    slices().matching("dev.kerbearer.(**)").should().beFreeOfCycles(),
                    "package dev.kerbearer.domain.scope; public class Wrong { dev.kerbearer.domain.grant.Wrong grant; }",
                    "package dev.kerbearer.domain.grant; public class Wrong { dev.kerbearer.domain.scope.Wrong scope; }"),
            // Ports and use cases
            new Rule(
                    "ports are implemented by adapters only",
                    classes()
                            .that(implement(resideInAPackage(PORT)))
                            .and()
                            .resideOutsideOfPackage(PORT)
                            .should()
                            .resideInAnyPackage(PERSISTENCE, WINDOWSAUTH, REST),
                    """
                    package dev.kerbearer.application;
                    class Wrong implements dev.kerbearer.domain.port.Expiring {
                        public int forget(Expired what, int atMost) { return 0; }
                    }
                    """),
            new Rule(
                    "a use case is one final class with one public method",
                    classes()
                            .that()
                            .resideInAPackage(APPLICATION)
                            .and()
                            .arePublic()
                            .and()
                            .areTopLevelClasses()
                            .and()
                            .areNotRecords()
                            .should()
                            .haveModifier(JavaModifier.FINAL)
                            .andShould(haveAtMostOnePublicMethod()),
                    "package dev.kerbearer.application; public final class Wrong { public void one() {} public void two() {} }"),
            new Rule(
                    "wiring is in bootstrap only",
                    noMethods()
                            .that()
                            .areAnnotatedWith(Produces.class)
                            .should()
                            .beDeclaredInClassesThat()
                            .resideOutsideOfPackage(BOOTSTRAP),
                    """
                    package dev.kerbearer.rest;
                    class Wrong { @jakarta.enterprise.inject.Produces Object anything() { return this; } }
                    """),
            new Rule(
                    "nothing is injected into a field",
                    noFields().should().beAnnotatedWith(Inject.class),
                    "package dev.kerbearer.rest; class Wrong { @jakarta.inject.Inject Object anything; }"),
            // Names
            new Rule(
                    "resources end in Resource",
                    classes().that().areAnnotatedWith(Path.class).should().haveSimpleNameEndingWith("Resource"),
                    "package dev.kerbearer.rest; @jakarta.ws.rs.Path(\"/x\") class Wrong {}"),
            new Rule(
                    "entities end in Row and stay in their package",
                    classes()
                            .that()
                            .areAnnotatedWith(Entity.class)
                            .should()
                            .haveSimpleNameEndingWith("Row")
                            .andShould()
                            .bePackagePrivate(),
                    "package dev.kerbearer.persistence; @jakarta.persistence.Entity class Wrong {}"),
            new Rule(
                    "a name says what the class is: no Impl, Manager, Service, Helper or Util",
                    noClasses()
                            .should()
                            .haveNameMatching(".*(Impl|Manager|Service|Helper|Utils?|Common)")
                            .orShould()
                            .resideInAnyPackage("..util..", "..common..", "..impl..", "..manager.."),
                    "package dev.kerbearer.domain.grant; class GrantManager {}"),
            // Time
            new Rule(
                    "dates and times use java.time",
                    noClasses()
                            .should()
                            .dependOnClassesThat()
                            .haveNameMatching(
                                    "java\\.util\\.(Date|Calendar|GregorianCalendar|TimeZone)|java\\.text\\..*DateFormat"),
                    "package dev.kerbearer.domain.grant; class Wrong { java.util.Date date; }"),
            new Rule(
                    "no answer depends on the machine's time zone",
                    noClasses()
                            .should()
                            .callMethod(java.time.ZoneId.class, "systemDefault")
                            .orShould()
                            .callMethod(java.time.LocalDate.class, "now")
                            .orShould()
                            .callMethod(java.time.LocalDateTime.class, "now")
                            .orShould()
                            .callMethod(java.time.ZonedDateTime.class, "now"),
                    """
                    package dev.kerbearer.domain.grant;
                    class Wrong { Object today() { return java.time.LocalDate.now(); } }
                    """),
            new Rule(
                    "the current time comes from the clock that bootstrap provides",
                    noClasses()
                            .that()
                            .resideOutsideOfPackage(BOOTSTRAP)
                            .should()
                            .callMethod(java.time.Instant.class, "now")
                            .orShould()
                            .callMethod(System.class, "currentTimeMillis")
                            .orShould()
                            .callMethod(java.time.Clock.class, "systemUTC")
                            .orShould()
                            .callMethod(java.time.InstantSource.class, "system"),
                    """
                    package dev.kerbearer.domain.grant;
                    class Wrong { Object now() { return java.time.Instant.now(); } }
                    """),
            // Output
            new Rule(
                    "only a command writes to standard output",
                    noClasses()
                            .that()
                            .resideOutsideOfPackage("dev.kerbearer.bootstrap.command")
                            .should()
                            .accessField(System.class, "out"),
                    "package dev.kerbearer.rest; class Wrong { void say() { System.out.println(); } }"),
            new Rule(
                    "only a refused start writes to standard error",
                    noClasses()
                            .that()
                            .doNotHaveFullyQualifiedName("dev.kerbearer.bootstrap.start.StartFailure")
                            .should()
                            .accessField(System.class, "err"),
                    "package dev.kerbearer.rest; class Wrong { void say() { System.err.println(); } }"));

    private Rules() {}

    private static ArchCondition<JavaClass> haveAtMostOnePublicMethod() {
        return new ArchCondition<>("have at most one public method") {
            @Override
            public void check(JavaClass useCase, ConditionEvents events) {
                long methods = useCase.getMethods().stream()
                        .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC))
                        .count();
                events.add(new SimpleConditionEvent(
                        useCase, methods <= 1, useCase.getName() + " has " + methods + " public methods"));
            }
        };
    }
}
