package io.consort.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.function.Function;

/**
 * A rule about classes.
 *
 * @param name says what holds
 * @param rule the rule for the packages under a root, so that it can be run on fixtures too
 * @param breaker the simple name of the fixture class that breaks it
 */
record Law(String name, Function<String, ArchRule> rule, String breaker) {

    /** What breaks the law among the classes under the root package, in words. */
    List<String> violations(String root, JavaClasses classes) {
        return rule.apply(root).evaluate(classes).getFailureReport().getDetails();
    }

    @Override
    public String toString() {
        return name;
    }
}
