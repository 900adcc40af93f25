package io.consort.service.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.consort.service.stage.Stage;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The clients from npm: OpenAI's SDK, the Vercel AI SDK and LangChain. They run in Node, which must be
 * there with npm; without it this is skipped and says so.
 */
@QuarkusTest
@QuarkusTestResource(Stage.class)
class JavaScriptClientsTest {

    private static final String NEEDED = "Node 20 or later";

    @TestHTTPResource("/v1")
    URI service = URI.create("http://127.0.0.1");

    @Test
    void clientsFromNpmWork() throws IOException, InterruptedException {
        requireNode();
        Path folder = Path.of(System.getProperty("consort.root"), "src", "test", "js");
        Run install = run(folder, Map.of(), "npm", "ci", "--no-audit", "--no-fund");
        assertThat(install.code()).as(install.output()).isZero();
        Run clients =
                run(
                        folder,
                        Map.of("CONSORT_URL", service.toString(), "CONSORT_KEY", Stage.key()),
                        "npm",
                        "test");
        assertThat(clients.code()).as(clients.output()).isZero();
        assertThat(clients.output()).contains("fail 0").doesNotContain("pass 0");
    }

    private static void requireNode() throws InterruptedException {
        boolean there;
        try {
            Run version = run(Path.of("."), Map.of(), "node", "--version");
            there = version.code() == 0 && major(version.output()) >= 20;
        } catch (IOException missing) {
            there = false;
        }
        if (!there) {
            System.err.println("SKIPPED: clients from npm, because there is no " + NEEDED);
        }
        assumeTrue(there, "there is no " + NEEDED);
    }

    private static int major(String version) {
        return Integer.parseInt(version.strip().substring(1).split("\\.", 2)[0]);
    }

    private record Run(int code, String output) {}

    private static Run run(Path folder, Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(List.of(command))
                        .directory(folder.toFile())
                        .redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), output);
    }
}
