package io.consort.service.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.consort.service.Service;
import io.consort.service.stage.Client;
import io.consort.service.stage.Stage;
import io.consort.service.store.Keys;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command against a service that runs. */
@QuarkusTest
@QuarkusTestResource(Stage.class)
@Timeout(180)
class CatalogVerbTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir Path folder = Path.of("");

    @TestHTTPResource("/")
    URI service = URI.create("http://127.0.0.1");

    @Inject Service running;

    @Test
    void aCatalogIsShownChangedAndRestored() throws IOException {
        assertThat(run("show")).isZero();
        String before = text();
        long revision = running.tenancies().find(Keys.DEFAULT_TENANT).orElseThrow().revision();
        Path file = folder.resolve("catalog.yaml");
        Files.writeString(folder.resolve("joke.txt"), "Tell me a joke about ducks.\n");
        Files.writeString(
                file,
                before.replace("categories:", "others: { examples-file: joke.txt }\ncategories:"));

        assertThat(run("diff", file.toString())).isZero();
        assertThat(text()).contains("+ others", "revision %d is live".formatted(revision));
        assertThat(run("apply", file.toString(), "--comment", "ducks & more")).isZero();
        assertThat(text())
                .contains("+ others", "revision %d is live, after".formatted(revision + 1));
        assertThat(
                        running.tenancies()
                                .find(Keys.DEFAULT_TENANT)
                                .orElseThrow()
                                .roster()
                                .catalog()
                                .otherExamples())
                .containsExactly("Tell me a joke about ducks.");
        assertThat(run("apply", file.toString())).isZero();
        assertThat(text()).contains("no difference");
        assertThat(run("revisions")).isZero();
        assertThat(text().lines().findFirst()).get().asString().contains("first: ducks & more");

        assertThat(run("restore", Long.toString(revision))).isZero();
        assertThat(text()).contains("- others");
        assertThat(run("show")).isZero();
        assertThat(text()).isEqualTo(before);
        assertThat(run("show", "--revision", Long.toString(revision + 1))).isZero();
        assertThat(text()).contains("Tell me a joke about ducks.");
    }

    @Test
    void mistakesAreTold() throws IOException {
        Path file = folder.resolve("wrong.yaml");
        Files.writeString(file, "version: 1\nexperts:\n  - id: x\n    openai: { model: m }\n");
        for (String command : List.of("diff", "apply")) {
            assertThat(run(command, file.toString())).isEqualTo(1);
            assertThat(complaint()).contains("catalog:4: `experts.x.openai.base-url` is missing");
        }
        assertThat(run("validate", file.toString())).isEqualTo(1);
        assertThat(complaint()).contains("wrong.yaml:4: `experts.x.openai.base-url` is missing");
        assertThat(run("apply", folder.resolve("no.yaml").toString())).isEqualTo(1);
        assertThat(complaint()).contains("There is no file");
        assertThat(run("restore", "999")).isEqualTo(1);
        assertThat(complaint()).contains("There is no revision 999");
        assertThat(run("show", "--tenant", "no body")).isEqualTo(1);
        assertThat(run("restroe", "1")).isEqualTo(2);
        assertThat(complaint()).contains("did you mean restore?");
        assertThat(run("apply")).isEqualTo(2);
        assertThat(complaint()).contains("apply needs a file");
    }

    @Test
    void aFileIsValidatedWithoutAService() throws IOException {
        Path file = folder.resolve("good.yaml");
        Files.writeString(file, "version: 1\nexperts: [{ id: x, local: { checkpoint: x } }]\n");
        assertThat(run("validate", file.toString())).isZero();
        assertThat(text()).contains("good.yaml is a catalog: experts 1, categories 0, policies 0");
        assertThat(Client.of(service).get("/v1/models").status()).isEqualTo(200);
    }

    private String text() {
        return out.toString(UTF_8);
    }

    private String complaint() {
        return err.toString(UTF_8);
    }

    private int run(String... words) {
        out.reset();
        err.reset();
        List<String> arguments = new ArrayList<>(List.of("catalog"));
        arguments.addAll(List.of(words));
        if (!words[0].equals("validate")) {
            arguments.addAll(
                    List.of("--url", service.toString(), "--data", Stage.folder().toString()));
        }
        return Main.run(
                arguments,
                new Terminal(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8)));
    }
}
