package io.consort.experts.catalog;

import java.util.List;

/** A catalog file cannot be used. The message has one line per problem: where, what, and the remedy. */
public final class CatalogFileException extends Exception {

    private final List<String> problems;

    /** These problems, each as {@code file:line: what; remedy}. */
    public CatalogFileException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    /** Every problem found, as {@code file:line: what; remedy}, in the order of the file. */
    public List<String> problems() {
        return problems;
    }
}
