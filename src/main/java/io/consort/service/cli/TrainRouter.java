package io.consort.service.cli;

import io.consort.experts.Catalog;
import io.consort.experts.catalog.CatalogFile;
import io.consort.experts.catalog.CatalogFileException;
import io.consort.router.evaluate.Rehearsal;
import io.consort.router.evaluate.Report;
import io.consort.router.signal.Embedder;
import io.consort.router.signal.minilm.MiniLmEmbedder;
import io.consort.service.store.DataFolder;
import io.consort.service.store.Examples.Example;
import io.consort.service.training.Teaching;
import io.consort.service.training.TrainingReport;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code consort train-router}: adds labelled examples and trains the router anew. */
final class TrainRouter implements Verb {

    private static final URI USUAL = URI.create("http://127.0.0.1:8080");
    private static final int FOLDS = 3;

    private record Lesson(List<Example> examples, List<String> unlabelled) {}

    @Override
    public String name() {
        return "train-router";
    }

    @Override
    public String summary() {
        return "teaches the router from labelled examples";
    }

    @Override
    public String help() {
        return """
        consort train-router [--examples FILE] [--unlabelled FILE] [--data DIR] [--catalog FILE] [--url U]
                             [--dry-run] [--json]

          --examples FILE  labelled queries to add, one JSON object per line:
                           {"text": "...", "category": "ID"}; the category may be none
          --unlabelled FILE
                           prompts without labels, {"text": "..."} per line, 10,000 at most; those that
                           the router is sure of teach it too, unless it then does worse
          --data DIR       the service's data folder, ~/.consort by default
          --catalog FILE   the catalog, where no service runs
          --url U          the service to train; %s where one answers
          --dry-run        only tells how well the router would do; keeps nothing
          --json           prints JSON instead of a table

        Where no service runs, one is started for the time of the training. The report is
        from a cross-validation on the examples; the new version is live at once, and a
        restart keeps it. Limits are those under which the router abstains.
        """
                .formatted(USUAL);
    }

    @Override
    public int run(List<String> arguments, Terminal terminal) {
        Arguments given =
                Arguments.parse(
                        arguments,
                        Set.of("--examples", "--unlabelled", "--data", "--catalog", "--url"),
                        Set.of("--dry-run", "--json"));
        if (!given.words().isEmpty()) {
            throw new UsageException("%s is not an option".formatted(given.words().getFirst()));
        }
        try {
            List<Example> examples =
                    given.value("--examples").isPresent()
                            ? ExampleLines.read(Path.of(given.value("--examples").get()))
                            : List.of();
            List<String> unlabelled =
                    given.value("--unlabelled").isPresent()
                            ? ExampleLines.unlabelled(Path.of(given.value("--unlabelled").get()))
                            : List.of();
            Lesson lesson = new Lesson(examples, unlabelled);
            String result =
                    given.has("--dry-run")
                            ? rehearse(given, lesson, terminal)
                            : train(given, lesson, terminal);
            terminal.out().print(given.has("--json") ? result + "\n" : TrainingText.of(result));
            return 0;
        } catch (CatalogFileException problems) {
            terminal.err().println("The catalog cannot be used:");
            problems.problems().forEach(terminal.err()::println);
        } catch (IOException | AskException problem) {
            terminal.err().println(problem.getMessage());
        }
        return 1;
    }

    private static String rehearse(Arguments given, Lesson lesson, Terminal terminal)
            throws CatalogFileException, IOException {
        Catalog catalog =
                CatalogFile.read(Places.catalog(given.value("--catalog")), System.getenv());
        ExampleLines.requireCategories(catalog, lesson.examples());
        Catalog taught = Teaching.with(catalog, lesson.examples());
        try (Embedder embedder = MiniLmEmbedder.open()) {
            Report report =
                    Rehearsal.of(
                            taught,
                            embedder,
                            FOLDS,
                            done ->
                                    terminal.err()
                                            .printf(
                                                    "cross-validation: fold %d of %d%n",
                                                    done, FOLDS));
            return "{\"version\":null,\"report\":%s}"
                    .formatted(
                            TrainingReport.json(
                                    taught,
                                    report,
                                    Rehearsal.train(taught, lesson.unlabelled(), embedder)));
        }
    }

    private static String train(Arguments given, Lesson lesson, Terminal terminal)
            throws AskException, IOException, CatalogFileException {
        DataFolder data = new DataFolder(Places.data(given.value("--data")));
        Optional<String> key = data.firstKey();
        URI url = given.value("--url").map(URI::create).orElse(USUAL);
        if (key.isPresent()) {
            TrainingClient running = new TrainingClient(new ServiceClient(url, key.get()));
            if (running.answers()) {
                return running.train(lesson.examples(), lesson.unlabelled(), terminal.err());
            }
        }
        if (given.value("--url").isPresent()) {
            throw new AskException(
                    "No service answers at %s with the key of %s."
                            .formatted(url, data.firstKeyFile()));
        }
        Path catalog = Places.catalog(given.value("--catalog"));
        ExampleLines.requireCategories(
                CatalogFile.read(catalog, System.getenv()), lesson.examples());
        terminal.err().println("no service runs; one is started for the training");
        try (TemporaryService service = TemporaryService.start(catalog, data)) {
            return service.client().train(lesson.examples(), lesson.unlabelled(), terminal.err());
        }
    }
}
