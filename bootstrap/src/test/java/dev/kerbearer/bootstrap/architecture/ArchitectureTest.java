package dev.kerbearer.bootstrap.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

/** The code follows the {@link Rules} and the {@link PackageRules}, and each rule detects a violation. */
class ArchitectureTest {

    static final List<Rule> RULES =
            Stream.of(Rules.ALL, PackageRules.ALL).flatMap(List::stream).toList();

    private static JavaClasses classes;

    @TempDir
    Path folder;

    @BeforeAll
    static void importClasses() {
        classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.kerbearer");
    }

    @ParameterizedTest(name = "{0}")
    @FieldSource("RULES")
    void theCodeFollowsTheRule(Rule rule) {
        rule.check().check(classes);
    }

    @ParameterizedTest(name = "{0}")
    @FieldSource("RULES")
    void theRuleRejectsAViolation(Rule rule) {
        JavaClasses wrong = Fixture.compiled(rule.wrong(), folder);
        assertThat(rule.check().evaluate(wrong).hasViolation()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void everyModuleIsImported(MavenModule module) {
        assertThat(classes).anyMatch(type -> type.getPackageName().startsWith(module.root()));
    }
}
