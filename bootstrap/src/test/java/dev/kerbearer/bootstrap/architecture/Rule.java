package dev.kerbearer.bootstrap.architecture;

import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/**
 * A rule of the architecture.
 *
 * @param sentence the rule
 * @param check the same rule for ArchUnit
 * @param wrong Java sources that break it, one class each
 */
record Rule(String sentence, ArchRule check, List<String> wrong) {

    Rule(String sentence, ArchRule check, String... wrong) {
        this(sentence, check, List.of(wrong));
    }

    @Override
    public String toString() {
        return sentence;
    }
}
