package io.consort.service.cli;

import io.consort.experts.Catalog;
import io.consort.experts.catalog.CatalogFile;
import io.consort.experts.catalog.CatalogFileException;
import io.consort.router.policy.ArtefactException;
import io.consort.router.policy.MapPlanner;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code consort explain-map}: why each category has its experts, and what budgets cost. */
final class ExplainMap implements Verb {

    @Override
    public String name() {
        return "explain-map";
    }

    @Override
    public String summary() {
        return "says why each category has its experts";
    }

    @Override
    public String help() {
        return """
        consort explain-map [CATALOG] [--json]

        Prints the catalog's map. Where it is found from recorded outcomes, prints why each
        category got its expert, what the map uses, and for every budget the best expected
        score at each level of it. The starter catalog by default.
        """;
    }

    @Override
    public int run(List<String> arguments, Terminal terminal) {
        Arguments given = Arguments.parse(arguments, Set.of(), Set.of("--json"));
        if (given.words().size() > 1) {
            throw new UsageException("name one catalog");
        }
        try {
            Catalog catalog =
                    CatalogFile.read(
                            Places.catalog(given.words().stream().findFirst()), System.getenv());
            Optional<MapPlanner.Found> found =
                    catalog.plan().map(plan -> MapPlanner.find(catalog, plan));
            MapText text = found.isPresent() ? MapText.of(found.get()) : MapText.of(catalog.map());
            terminal.out().print(given.has("--json") ? text.json() : text.text());
            return 0;
        } catch (CatalogFileException problems) {
            terminal.err().println("The catalog cannot be used:");
            problems.problems().forEach(terminal.err()::println);
        } catch (ArtefactException impossible) {
            terminal.err().println(impossible.getMessage());
        }
        return 1;
    }
}
