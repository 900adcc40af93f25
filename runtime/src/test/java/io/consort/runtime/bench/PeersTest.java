package io.consort.runtime.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.consort.runtime.model.GoldenFolders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With peers that are Java source files as the real ones are, and need no libraries. */
@Timeout(120)
class PeersTest {

    private static final String HOME = "consort.home";

    /** One that decodes one sequence only, and talks in between. */
    private static final String JLAMA =
            """
            void main() {
                IO.println("some talk");
                IO.println("= 0");
                for (String line = IO.readln(); line != null; line = IO.readln()) {
                    IO.println(line.equals("decode 8") ? "! it is alone" : "= 4.0");
                }
            }
            """;

    private static final String LLAMA_CPP =
            """
            void main() {
                IO.println("! there is no such engine");
            }
            """;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private String before = "";

    @BeforeEach
    void install(@TempDir Path home) throws IOException {
        Path folder = Files.createDirectories(home.resolve("runtime/peers"));
        Files.createDirectories(folder.resolve("target/libraries"));
        Files.writeString(folder.resolve("Jlama.java"), JLAMA);
        Files.writeString(folder.resolve("LlamaCpp.java"), LLAMA_CPP);
        before = System.getProperty(HOME, "");
        System.setProperty(HOME, home.toString());
    }

    @AfterEach
    void putBack() {
        if (before.isEmpty()) {
            System.clearProperty(HOME);
        } else {
            System.setProperty(HOME, before);
        }
    }

    @Test
    void theirFiguresStandBesideOursAndWhatTheyCannotDoIsSaid() {
        String model = GoldenFolders.named("llama-gqa").toString();
        List<String> args = List.of("--peers", "--rounds", "2", "--milliseconds", "5", model);
        assertThat(CpuBench.run(args, print(out), print(err))).isZero();
        String[] lines = out.toString(UTF_8).lines().toArray(String[]::new);
        assertThat(lines).anyMatch(line -> line.matches("  consort +[0-9.]+ +[0-9]+ % .*"));
        assertThat(lines)
                .anyMatch(line ->
                        line.matches(
                                "  Jlama +4\\.0 \\(x [0-9.]+\\) +[0-9]+ % +n/a +4\\.0 \\(x [0-9.]+\\) *"));
        assertThat(lines).noneMatch(line -> line.startsWith("  llama.cpp"));
        assertThat(lines)
                .contains(
                        "llama.cpp does not run llama-gqa: there is no such engine",
                        "Jlama, decode 8: n/a, as it is alone");
        assertThat(err.toString(UTF_8)).contains("round 2 of 2: Jlama with llama-gqa");
    }

    private static PrintStream print(ByteArrayOutputStream target) {
        return new PrintStream(target, true, UTF_8);
    }
}
