package io.consort.experts.catalog;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.yaml.snakeyaml.nodes.Node;

/** What is wrong with a catalog file, gathered while it is read. */
final class Problems {

    private record Problem(int line, String text) {}

    private final String file;
    private final List<Problem> found = new ArrayList<>();

    Problems(String file) {
        this.file = file;
    }

    void add(Node where, String what, String remedy) {
        add(line(where), what, remedy);
    }

    /**
     * @param line from 1
     */
    void add(int line, String what, String remedy) {
        found.add(new Problem(line, what + "; " + remedy));
    }

    /** Adds a problem whose text already says the remedy. */
    void add(Node where, IllegalArgumentException problem) {
        found.add(new Problem(line(where), String.valueOf(problem.getMessage())));
    }

    int count() {
        return found.size();
    }

    void throwIfAny() throws CatalogFileException {
        if (found.isEmpty()) {
            return;
        }
        throw new CatalogFileException(
                found.stream()
                        .sorted(Comparator.comparingInt(Problem::line))
                        .map(problem -> file + ":" + problem.line() + ": " + problem.text())
                        .toList());
    }

    static int line(Node node) {
        return node.getStartMark() == null ? 1 : node.getStartMark().getLine() + 1;
    }
}
