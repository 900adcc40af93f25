package io.consort.service.cli;

import io.consort.service.store.DataFolder;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code consort ask}: one question, one answer. */
final class Ask implements Verb {

    private static final URI USUAL = URI.create("http://127.0.0.1:8080");

    @Override
    public String name() {
        return "ask";
    }

    @Override
    public String summary() {
        return "answers one question";
    }

    @Override
    public String help() {
        return """
        consort ask "QUESTION" [--explain] [--json] [--model M] [--url U] [--data DIR] [--catalog FILE]

          --explain       says category, expert, probability and time spent routing as well
          --json          prints all of that as one JSON object
          --model M       auto (the usual), consort/POLICY, or an expert's id
          --url U         the service to ask; %s where one answers
          --data DIR      the service's data folder, for its key; ~/.consort by default
          --catalog FILE  the catalog, where no service answers

        Where no service answers, router and expert run inside this command.
        """
                .formatted(USUAL);
    }

    @Override
    public int run(List<String> arguments, Terminal terminal) {
        Arguments given =
                Arguments.parse(
                        arguments,
                        Set.of("--model", "--url", "--data", "--catalog"),
                        Set.of("--explain", "--json"));
        if (given.words().isEmpty()) {
            throw new UsageException("there is no question; write it in quotes");
        }
        String question = String.join(" ", given.words());
        String model = given.value("--model").orElse("auto");
        try {
            Spoken spoken = source(given).ask(question, model);
            if (given.has("--json")) {
                terminal.out().println(spoken.json());
            } else {
                terminal.out().println(spoken.text());
                if (given.has("--explain")) {
                    terminal.out().print(spoken.explanation());
                }
            }
            return 0;
        } catch (AskException failure) {
            terminal.err().println(failure.getMessage());
            return 1;
        }
    }

    private static Answering source(Arguments given) throws AskException {
        DataFolder data = new DataFolder(Places.data(given.value("--data")));
        Optional<URI> named = given.value("--url").map(Ask::url);
        boolean ownCatalog = given.value("--catalog").isPresent() && named.isEmpty();
        Optional<String> key = data.firstKey();
        if (key.isPresent() && !ownCatalog) {
            AskService service = new AskService(new ServiceClient(named.orElse(USUAL), key.get()));
            if (service.answers()) {
                return service;
            }
        }
        if (named.isPresent()) {
            throw new AskException(
                    key.isEmpty()
                            ? "There is no key in %s; name the service's data folder with --data."
                                    .formatted(data.firstKeyFile())
                            : "No service answers at %s with the key of %s."
                                    .formatted(named.get(), data.firstKeyFile()));
        }
        return new AskHere(Places.catalog(given.value("--catalog")), data);
    }

    private static URI url(String text) {
        try {
            URI url = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            if (url.getHost() != null) {
                return url;
            }
        } catch (IllegalArgumentException _) {
            // falls through to the complaint
        }
        throw new UsageException("--url must be like %s, not %s".formatted(USUAL, text));
    }
}
