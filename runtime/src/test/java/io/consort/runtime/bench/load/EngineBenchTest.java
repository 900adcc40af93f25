package io.consort.runtime.bench.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.consort.runtime.model.GoldenFolders;
import io.consort.runtime.text.TestTokenizers;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineBenchTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void mistakesAreNamed() {
        assertThat(run("--seconds", "none")).isEqualTo(2);
        assertThat(run("--quick")).isEqualTo(2);
        assertThat(run("--models", ",")).isEqualTo(2);
        assertThat(run("--models", "/nowhere/at/all")).isEqualTo(2);
        assertThat(err.toString(UTF_8))
                .contains("`--seconds` is \"none\"", "--quick", "names no folder", "nowhere");
        assertThat(out.size()).isZero();
    }

    @Test
    void streamsOverTwoModelsAreCountedAndTheirAnswersAreThoseGivenAlone(@TempDir Path folder) {
        Path one = GoldenFolders.copy("llama-gqa", folder.resolve("one"));
        Path other = GoldenFolders.copy("llama3-ropescaled-bf16", folder.resolve("other"));
        for (Path model : List.of(one, other)) {
            TestTokenizers.writeByteLevel(model);
            TestTokenizers.writeTemplate(model);
        }
        EngineBenchArguments arguments =
                EngineBenchArguments.parse(
                        List.of("--seconds", "1", "--streams", "8", "--threads", "1"),
                        List.of(one, other));
        LoadResult result = LoadRun.of(arguments, 0, print(err));

        assertThat(result.requests()).isGreaterThan(8);
        assertThat(result.tokens()).isGreaterThan(result.requests());
        assertThat(result.gapLongest()).isGreaterThanOrEqualTo(result.gapMedian());
        assertThat(result.residentMegabytes()).hasSize(12).allMatch(megabytes -> megabytes > 0);
        assertThat(result.different()).isZero();
        assertThat(result.failures()).isZero();
        assertThat(new EngineBenchReport(arguments, result, new PrefixResult(2, 1, 0.5)).text())
                .contains("8 streams over 2 models", "50.0 %");
    }

    private int run(String... args) {
        return EngineBench.run(List.of(args), List.of(), print(out), print(err));
    }

    private static PrintStream print(ByteArrayOutputStream target) {
        return new PrintStream(target, true, UTF_8);
    }
}
