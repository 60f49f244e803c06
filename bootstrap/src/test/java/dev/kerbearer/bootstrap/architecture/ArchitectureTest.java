package dev.kerbearer.bootstrap.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The code follows the {@link Rules}, and each rule detects a violation. */
class ArchitectureTest {

    static final List<Rule> RULES = Rules.ALL;

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
    @ValueSource(strings = {"domain", "application", "rest", "persistence", "windowsauth", "bootstrap"})
    void everyModuleIsImported(String module) {
        assertThat(classes).anyMatch(type -> type.getPackageName().startsWith("dev.kerbearer." + module));
    }
}
