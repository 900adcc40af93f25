package io.consort.service.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.consort.experts.Catalog;
import io.consort.experts.catalog.CatalogFile;
import io.consort.experts.catalog.CatalogFileException;
import io.consort.service.catalogs.CatalogDocument;
import io.consort.service.catalogs.Portable;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code consort catalog}: looks at the catalog of a running service, and changes it. */
final class CatalogVerb implements Verb {

    private static final Set<String> OPTIONS =
            Stream.concat(
                            Administration.OPTIONS.stream(),
                            Stream.of("--tenant", "--revision", "--comment"))
                    .collect(Collectors.toUnmodifiableSet());
    private static final List<String> COMMANDS =
            List.of("show", "validate", "diff", "apply", "revisions", "restore");

    @Override
    public String name() {
        return "catalog";
    }

    @Override
    public String summary() {
        return "looks at the running service's catalog, and changes it";
    }

    @Override
    public String help() {
        return """
        consort catalog COMMAND [--tenant T] [--url U] [--key K] [--data DIR] [--json]

          show [--revision N]           prints the catalog as YAML; keys are sealed
          validate FILE                 says what is wrong with a file; needs no service
          diff FILE                     says what applying the file would change
          apply FILE [--comment TEXT] [--dry-run]
                                        makes the file the live catalog, at once and on all nodes
          revisions                     lists what was live
          restore N [--comment TEXT]    makes revision N live again

          --tenant T     the catalog of this tenant, with a root key; the key's own by default
        %s
        Examples that a file has in other files are sent along. Nothing is changed when
        somebody else has changed the catalog meanwhile.
        """
                .formatted(Administration.HELP.stripTrailing());
    }

    @Override
    public int run(List<String> arguments, Terminal terminal) {
        Arguments given = Arguments.parse(arguments, OPTIONS, Set.of("--json", "--dry-run"));
        String command = command(given);
        try {
            if (command.equals("validate")) {
                validate(file(given), terminal.out());
                return 0;
            }
            run(command, given, terminal);
            return 0;
        } catch (CatalogFileException problems) {
            terminal.err().println("The catalog cannot be used:");
            problems.problems().forEach(terminal.err()::println);
        } catch (IOException | AskException problem) {
            terminal.err().println(problem.getMessage());
        }
        return 1;
    }

    private static void run(String command, Arguments given, Terminal terminal)
            throws AskException, IOException, CatalogFileException {
        CatalogClient client = client(given);
        CatalogText text = new CatalogText(terminal, given.has("--json"));
        String comment = given.value("--comment").orElse("");
        switch (command) {
            case "show" -> {
                Optional<String> revision = given.value("--revision");
                terminal.out()
                        .print(
                                revision.isPresent()
                                        ? client.revision(revision.get()).text()
                                        : live(client).text());
            }
            case "diff" -> text.change(client.preview(document(given)));
            case "apply" -> {
                String document = document(given);
                JsonNode change =
                        given.has("--dry-run")
                                ? client.preview(document)
                                : client.apply(document, client.live(), comment);
                text.change(change);
            }
            case "revisions" -> text.revisions(client.revisions());
            default ->
                    text.change(
                            client.restore(
                                    word(given, "a revision's number"), client.live(), comment));
        }
    }

    private static CatalogClient.Tagged live(CatalogClient client) throws AskException {
        Optional<CatalogClient.Tagged> live = client.live();
        if (live.isEmpty()) {
            throw new AskException(
                    "There is no catalog yet; make one with `consort catalog apply`.");
        }
        return live.get();
    }

    private static void validate(Path file, PrintStream out) throws CatalogFileException {
        Catalog catalog = CatalogFile.read(file, System.getenv());
        out.printf(
                "%s is a catalog: experts %d, categories %d, policies %d%n",
                file,
                catalog.experts().size(),
                catalog.categories().size(),
                catalog.policies().size());
    }

    /** What is sent of a file; first it is checked here, so that messages name its own lines. */
    private static String document(Arguments given) throws CatalogFileException, IOException {
        Path file = file(given).toAbsolutePath().normalize();
        if (!Files.isReadable(file)) {
            throw new IOException("There is no file %s that can be read.".formatted(file));
        }
        CatalogDocument document = CatalogDocument.parse(Files.readString(file));
        Path folder = Optional.ofNullable(file.getParent()).orElse(file);
        return Portable.of(document, folder).text();
    }

    private static CatalogClient client(Arguments given) throws AskException {
        return new CatalogClient(Administration.client(given), given.value("--tenant"));
    }

    private static String command(Arguments given) {
        if (given.words().isEmpty()) {
            throw new UsageException("say what to do: " + String.join(", ", COMMANDS));
        }
        String command = given.words().getFirst();
        if (!COMMANDS.contains(command)) {
            throw new UsageException(
                    "there is no command %s; did you mean %s?"
                            .formatted(command, Spelling.nearest(command, COMMANDS)));
        }
        boolean alone = command.equals("show") || command.equals("revisions");
        if (given.words().size() > (alone ? 1 : 2)) {
            throw new UsageException("%s is one too many".formatted(given.words().getLast()));
        }
        return command;
    }

    private static Path file(Arguments given) {
        return Path.of(word(given, "a file"));
    }

    private static String word(Arguments given, String what) {
        if (given.words().size() < 2) {
            throw new UsageException("%s needs %s".formatted(given.words().getFirst(), what));
        }
        return given.words().get(1);
    }
}
