package dev.kerbearer.bootstrap.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.util.List;
import java.util.stream.Stream;

/**
 * Some packages of a module, with the packages below them.
 *
 * @param module the module
 * @param names the names below the root of the module
 */
record Packages(MavenModule module, List<String> names) {

    /** The name of the module's own package, without the packages below it. */
    static final String ROOT = "";

    /** Each of these packages depends on no other package of its module, except {@code known}. */
    ArchRule knowOnly(String... known) {
        return CompositeArchRule.of(names.stream()
                .map(name -> noClasses()
                        .that()
                        .resideInAPackage(withPackagesBelow(name))
                        .should()
                        .dependOnClassesThat(resideInAPackage(module.subtree())
                                .and(resideOutsideOfPackages(patterns(List.of(name), known)))))
                .toList());
    }

    /** No other package of the module depends on these packages, except {@code users}. */
    ArchRule areKnownOnlyTo(String... users) {
        return noClasses()
                .that()
                .resideInAPackage(module.subtree())
                .and()
                .resideOutsideOfPackages(patterns(names, users))
                .should()
                .dependOnClassesThat(resideInAnyPackage(patterns(names)));
    }

    /** The source of the same class in each of these packages. */
    List<String> each(String declaration) {
        return names.stream()
                .map(name -> "package " + module.qualified(name) + "; " + declaration)
                .toList();
    }

    private String[] patterns(List<String> these, String... others) {
        return Stream.concat(these.stream(), module.packages(others).names().stream())
                .map(this::withPackagesBelow)
                .toArray(String[]::new);
    }

    private String withPackagesBelow(String name) {
        return name.equals(ROOT) ? module.root() : module.qualified(name) + "..";
    }
}
