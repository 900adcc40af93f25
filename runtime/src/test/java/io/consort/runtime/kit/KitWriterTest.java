package io.consort.runtime.kit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KitWriterTest {

    @TempDir static Path parent = Path.of("");

    private long bytes;

    private record Finished(int code, String out, String err) {}

    @BeforeAll
    void write() throws IOException {
        bytes = new KitWriter(contents(), kit()).write();
    }

    private static Path kit() {
        return parent.resolve("kit");
    }

    private static KitContents contents() {
        return KitContents.of(
                Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                        .map(Path::of)
                        .filter(Files::exists)
                        .toList());
    }

    private static Finished run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(kit().resolve("run").toString()));
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile(parent, "out", ".txt");
        Path err = Files.createTempFile(parent, "err", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/bin:/bin");
        int code = builder.start().waitFor();
        return new Finished(code, Files.readString(out, UTF_8), Files.readString(err, UTF_8));
    }

    @Test
    void aKitIsSmallEnoughToBeCarried() throws IOException {
        assertThat(bytes).isLessThanOrEqualTo(KitWriter.MOST_BYTES).isGreaterThan(10 << 20);
        try (Stream<Path> libraries = Files.list(kit().resolve("lib"))) {
            assertThat(libraries.map(path -> path.getFileName().toString()))
                    .contains("consort-runtime.jar")
                    .anyMatch(name -> name.startsWith("consort-experts"))
                    .anyMatch(name -> name.startsWith("jcuda-natives-"))
                    .noneMatch(name -> name.startsWith("tokenizers") || name.startsWith("netty"));
        }
    }

    @Test
    void itChecksAModelWithoutAnInstalledJava() throws IOException, InterruptedException {
        Path golden = kit().resolve("tests/golden/llama-gqa");
        Finished finished = run("check-model", golden.toString());
        assertThat(finished.out()).contains("llama on cpu").endsWith("parity\n");
        assertThat(finished.code()).isZero();
    }

    @Test
    void itSaysWhetherCudaIsOn() throws IOException, InterruptedException {
        Finished finished = run("probe");
        assertThat(finished.out()).matches("CUDA is (on|off): .+\n");
        assertThat(finished.code()).isZero();
    }

    @Test
    void itRunsTheAcceleratorTestsAndNoOthers() throws IOException, InterruptedException {
        Finished finished = run("test", "--include-classname=.*CublasLtAccelTest");
        assertThat(finished.out())
                .contains("CublasLtAccelTest")
                .doesNotContain("ProbeTest")
                .containsPattern("[0-9]+ tests failed");
        assertThat(finished.code()).as(finished.out()).isZero();
    }

    @Test
    void itHelpsAndRefusesUnknownVerbs() throws IOException, InterruptedException {
        Finished help = run("--help");
        assertThat(help.code()).isZero();
        assertThat(help.out()).contains("test", "bench", "check-model", "probe");
        Finished unknown = run("dance");
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.err()).contains("dance");
        assertThat(run().code()).isEqualTo(2);
    }

    @Test
    void aFolderThatHoldsSomethingElseIsLeftAlone(@TempDir Path other) throws IOException {
        Path thing = Files.writeString(other.resolve("thing"), "precious");
        assertThatThrownBy(() -> new KitWriter(contents(), other).write())
                .isInstanceOf(KitException.class)
                .hasMessageContaining("no kit");
        assertThat(thing).hasContent("precious");
        assertThatThrownBy(() -> new KitWriter(contents(), thing).write())
                .isInstanceOf(KitException.class)
                .hasMessageContaining("is a file");
    }

    @Test
    void aClasspathThatLacksSomethingIsRefused() {
        assertThatThrownBy(() -> KitContents.of(List.of(Path.of("jcuda-12.6.0.jar"))))
                .isInstanceOf(KitException.class)
                .hasMessageContaining("is not on the test classpath");
        assertThatThrownBy(() -> KitContents.ofSourceTree(parent))
                .isInstanceOf(KitException.class)
                .hasMessageContaining("in a source tree");
    }
}
