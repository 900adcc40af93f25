package io.consort.service.api;

import io.consort.service.api.json.BodyReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the one field of a body that holds queries. */
final class QueriesField {

    private static final int MOST = 10_000;
    private static final int LONGEST = 100_000;

    private QueriesField() {}

    /**
     * The queries of the field, without white space around them.
     *
     * @return empty where the body has no such field
     * @throws ApiException when one is empty or too long, or when there are too many
     */
    static Optional<List<String>> read(byte[] body, String field) {
        Optional<List<String>> queries = Optional.empty();
        try (BodyReader in = BodyReader.of(body)) {
            in.beginBody();
            while (in.nextField()) {
                if (in.name().equals(field)) {
                    queries = Optional.of(queries(in, field));
                } else {
                    in.skip();
                }
            }
            in.endBody();
        }
        return queries;
    }

    private static List<String> queries(BodyReader in, String field) {
        List<String> queries = new ArrayList<>();
        in.beginArray();
        while (in.nextElement()) {
            if (queries.size() == MOST) {
                throw ApiException.invalid(
                        field,
                        "`%s` must have at most %d queries; send the rest later."
                                .formatted(field, MOST));
            }
            String query = in.string(LONGEST).strip();
            if (query.isEmpty()) {
                throw ApiException.invalid(
                        in.path(), "`%s` is empty; send a query.".formatted(in.path()));
            }
            queries.add(query);
        }
        return queries;
    }
}
