package io.consort.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LawsTest {

    private static final String PRODUCTION = "io.consort";
    private static final String FIXTURE = "io.consort.architecture.fixture";

    private static final JavaClasses PRODUCTION_CLASSES =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .withImportOption(location -> !location.contains("-tests.jar"))
                    .importPackages(PRODUCTION);
    private static final JavaClasses FIXTURE_CLASSES =
            new ClassFileImporter().importPackages(FIXTURE);

    static Stream<Law> laws() {
        return Laws.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("laws")
    void theModulesKeepTheLaw(Law law) {
        assertThat(law.violations(PRODUCTION, PRODUCTION_CLASSES)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("laws")
    void aClassThatBreaksTheLawIsFound(Law law) {
        assertThat(law.violations(FIXTURE, FIXTURE_CLASSES))
                .isNotEmpty()
                .allSatisfy(violation -> assertThat(violation).contains("." + law.breaker()));
    }

    @Test
    void everyModuleIsLookedAt() {
        assertThat(List.of("experts", "router", "runtime", "service"))
                .allSatisfy(module ->
                        assertThat(PRODUCTION_CLASSES)
                                .anyMatch(type ->
                                        type.getPackageName()
                                                .startsWith(PRODUCTION + "." + module)));
    }
}
