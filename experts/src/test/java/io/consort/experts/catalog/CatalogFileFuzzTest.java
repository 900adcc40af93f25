package io.consort.experts.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogFileFuzzTest {

    private static final String[] PIECES = {
        "\n",
        "\t",
        "  ",
        ": ",
        "- ",
        "[",
        "]",
        "{",
        "}",
        "&a ",
        "*a",
        "!!int ",
        "!!binary ",
        "? ",
        "|\n",
        "\"",
        "'",
        "#",
        "%",
        "<<: ",
        "~",
        "null",
        "\u0000",
        "\uFEFF",
        "---\n",
        "...\n",
        "@",
        "experts",
        "1e999",
        "NaN",
        "99999999999999999999",
        "${",
        "ü🌍"
    };

    @TempDir private Path folder = Path.of("");

    @Test
    void damagedFilesGiveACatalogOrProblemsAndNothingElse() throws Exception {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(5);
        int good = 0;
        for (int round = 0; round < 800; round++) {
            good += outcome(damaged(random)) ? 1 : 0;
        }
        assertThat(good).isBetween(1, 799);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "---",
                "a",
                "[]",
                "- a",
                "1",
                "&a [*a]",
                "&a {experts: *a}",
                "? [a]\n: b",
                "version: &a {b: *a}",
                "!!java.lang.Runtime {}",
                "experts: &e [*e]",
                "version: 1",
                "version: 1\nexperts: []",
                "version: 1\nexperts: [{id: {}}]",
                "version: 1\nexperts: [[[]]]",
                "version: 1\nexperts: [{id: a, local: {checkpoint: \"\\0\"}}]",
                "version: 1\nexperts: [{id: a, gemini: {api-key: k, model: m, base-url: 'http://x:99999'}}]",
                "version: 1\ncategories: [{id: c, examples-file: \"\\0\"}]\nexperts: []"
            })
    void oddFilesGiveProblems(String text) throws Exception {
        assertThat(outcome(text.getBytes(UTF_8))).isFalse();
    }

    @Test
    void deepNestingGivesProblems() throws Exception {
        assertThat(outcome("[".repeat(100_000).getBytes(UTF_8))).isFalse();
    }

    private boolean outcome(byte[] content) throws IOException {
        Path file = Files.write(folder.resolve("catalog.yaml"), content);
        try {
            CatalogFile.read(file, Map.of("KEY", "k", "HOST", "h"));
            return true;
        } catch (CatalogFileException problems) {
            assertThat(problems.problems())
                    .isNotEmpty()
                    .allSatisfy(problem -> assertThat(problem).matches(".*catalog.yaml:\\d+: .+"));
            return false;
        }
    }

    private static byte[] damaged(RandomGenerator random) {
        StringBuilder text = new StringBuilder(CatalogFileTest.WHOLE);
        for (int i = random.nextInt(4); i > 0; i--) {
            int from = random.nextInt(text.length());
            int to = Math.min(text.length(), from + random.nextInt(6));
            text.replace(from, to, PIECES[random.nextInt(PIECES.length)]);
        }
        byte[] bytes =
                text.toString()
                        .replace("examples-file: words.txt", "examples: [x]")
                        .getBytes(UTF_8);
        if (random.nextInt(20) == 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return random.nextInt(10) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
    }
}
