package io.consort.service.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir Path folder = Path.of("");

    private int run(String... arguments) {
        return Main.run(
                List.of(arguments),
                new Terminal(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8)));
    }

    @Test
    void anUnknownVerbSuggestsTheNearestOne() {
        assertThat(run("srve")).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("srve", "did you mean serve?");
        assertThat(out.toString(UTF_8)).isEmpty();
    }

    @Test
    void everyVerbHasHelp() {
        for (String verb :
                List.of(
                        "serve",
                        "ask",
                        "check-model",
                        "train-router",
                        "explain-map",
                        "tenants",
                        "keys",
                        "catalog",
                        "bench",
                        "chaos",
                        "gpu-kit")) {
            out.reset();
            assertThat(run(verb, "--help")).as(verb).isZero();
            assertThat(out.toString(UTF_8)).startsWith("consort " + verb);
        }
        assertThat(run("--help")).isZero();
        assertThat(run()).isZero();
    }

    @Test
    void anUnknownOptionSuggestsTheNearestOne() {
        assertThat(run("serve", "--prot", "1")).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("--prot", "did you mean --port?");
    }

    @Test
    void whatMakesNoSenseIsSaidAtOnce() {
        assertThat(run("serve", "--port", "http")).isEqualTo(2);
        assertThat(run("serve", "--port")).isEqualTo(2);
        assertThat(run("serve", "now")).isEqualTo(2);
        assertThat(run("ask")).isEqualTo(2);
        assertThat(run("ask", "--url", "here", "why?")).isEqualTo(2);
        assertThat(run("bench", "gpus")).isEqualTo(2);
        assertThat(run("gpu-kit")).isEqualTo(2);
        assertThat(run("tenants", "make", "x")).isEqualTo(2);
        assertThat(run("tenants", "create")).isEqualTo(2);
        assertThat(run("keys", "create", "a", "b")).isEqualTo(2);
        assertThat(run("keys", "--url", ":", "list")).isEqualTo(2);
        assertThat(run("gpu-kit", "--fast")).isEqualTo(2);
    }

    @Test
    void aCatalogThatCannotBeUsedIsToldLineByLine() throws IOException {
        Path catalog = Files.writeString(folder.resolve("broken.yaml"), "version: 1\nexprts: []\n");
        assertThat(run("serve", "--catalog", catalog.toString(), "--data", folder.toString()))
                .isEqualTo(1);
        assertThat(err.toString(UTF_8)).contains("broken.yaml:2").doesNotContain("\tat ");
    }

    @Test
    void aPortInUseIsSaidWithTheRemedy() throws IOException {
        Path catalog =
                Files.writeString(
                        folder.resolve("one.yaml"),
                        """
                        version: 1
                        experts:
                          - id: one
                            openai: { base-url: "http://127.0.0.1:1/v1", model: m }
                        policies:
                          - id: default
                            pinned: { expert: one }
                        """);
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            int code =
                    run(
                            "serve",
                            "--port",
                            port,
                            "--catalog",
                            catalog.toString(),
                            "--data",
                            folder.toString());
            assertThat(code).isEqualTo(1);
            assertThat(err.toString(UTF_8)).contains(port, "--port").doesNotContain("\tat ");
        }
    }
}
