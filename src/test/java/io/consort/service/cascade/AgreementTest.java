package io.consort.service.cascade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class AgreementTest {

    @Test
    void caseAndPunctuationDoNotMatter() {
        assertThat(Agreement.of("The answer is 85.", List.of("the answer is: 85"))).hasValue(1);
    }

    @Test
    void whatDiffersCounts() {
        assertThat(Agreement.of("85", List.of("85", "86")).getAsDouble()).isEqualTo(0.5);
        assertThat(Agreement.of("it is 85", List.of("it is 86")).getAsDouble())
                .isEqualTo(2 / 3.0, within(1e-9));
        assertThat(Agreement.of("one", List.of("")).getAsDouble()).isZero();
    }

    @Test
    void scriptsWithoutSpacesAreComparedLetterByLetter() {
        assertThat(Agreement.of("\u6771\u4eac\u90fd", List.of("\u6771\u4eac")).getAsDouble())
                .isEqualTo(0.8, within(1e-9));
    }

    @Test
    void silenceTellsNothing() {
        assertThat(Agreement.of("", List.of("x"))).isEmpty();
        assertThat(Agreement.of("x", List.of())).isEmpty();
    }
}
