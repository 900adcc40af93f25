package io.consort.experts;

import java.util.List;

/**
 * A kind of query.
 *
 * @param id unique in its catalog; {@link #NONE} is reserved
 * @param description one sentence for people
 * @param examples queries of this kind, from which the classifier learns
 */
public record Category(String id, String description, List<String> examples) {

    /** What a router says that places a query in no category. */
    public static final String NONE = "none";

    public Category {
        Identifier.check("categories.id", id);
        if (id.equals(NONE)) {
            throw new IllegalArgumentException(
                    "`categories.id` \"none\" is reserved for queries of no category; rename it");
        }
        examples = List.copyOf(examples);
    }
}
