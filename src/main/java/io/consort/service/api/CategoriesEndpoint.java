package io.consort.service.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.consort.experts.Catalog;
import io.consort.experts.Category;
import io.consort.service.api.json.Json;
import io.consort.service.store.Audit;
import io.consort.service.store.Audit.Deed;
import io.consort.service.store.Examples;
import io.consort.service.store.Examples.Example;
import io.consort.service.store.Principal;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Answers {@code GET /admin/v1/categories} and {@code POST /admin/v1/categories/<id>/examples}. */
final class CategoriesEndpoint {

    private final Callers callers;
    private final Examples examples;
    private final Audit audit;

    CategoriesEndpoint(Callers callers, Examples examples, Audit audit) {
        this.callers = callers;
        this.examples = examples;
        this.audit = audit;
    }

    /** Lists the categories, and none behind them, with how many examples each has. */
    void list(Call call) {
        Pending.await(
                call,
                Background.run(() -> examples.of(call.caller().tenant())),
                added -> reply(call, added));
    }

    /** Adds examples to a category, or to none; they count from the next training on. */
    void addExamples(Call call) {
        String category = Optional.ofNullable(call.http().pathParam("id")).orElse("");
        Catalog live = callers.tenancy(call).roster().catalog();
        if (known(live).noneMatch(category::equals)) {
            throw unknown(live, category);
        }
        List<String> queries = read(call.body());
        Pending.await(
                call,
                Background.run(() -> add(call.caller(), category, queries)),
                added ->
                        Replies.send(
                                call.http(),
                                Json.write(out -> {
                                    out.writeStartObject();
                                    out.writeStringField("object", "consort.examples");
                                    out.writeStringField("category", category);
                                    out.writeNumberField("added", added);
                                    out.writeNumberField("known_before", queries.size() - added);
                                    out.writeEndObject();
                                })));
    }

    private int add(Principal caller, String category, List<String> queries) throws SQLException {
        int added = examples.add(caller.tenant(), category, queries);
        String detail = "{\"added\":%d}".formatted(added);
        audit.note(new Deed(caller.tenant(), caller, "examples.add", category, detail));
        return added;
    }

    private static Stream<String> known(Catalog live) {
        return Stream.concat(
                live.categories().stream().map(Category::id), Stream.of(Category.NONE));
    }

    private static ApiException unknown(Catalog live, String category) {
        return new ApiException(
                new ApiError(
                        404,
                        ApiError.INVALID_REQUEST,
                        "There is no category \"%s\"; use one of: %s."
                                .formatted(category, String.join(", ", known(live).toList())),
                        Optional.of("category"),
                        Optional.of("category_not_found"),
                        Optional.empty()));
    }

    private static List<String> read(byte[] body) {
        return QueriesField.read(body, "examples")
                .filter(queries -> !queries.isEmpty())
                .orElseThrow(() ->
                        ApiException.missing(
                                "examples", "send an array of queries of this category"));
    }

    private void reply(Call call, List<Example> added) {
        Catalog live = callers.tenancy(call).roster().catalog();
        Replies.send(
                call.http(),
                Json.write(out -> {
                    out.writeStartObject();
                    out.writeStringField("object", "list");
                    out.writeArrayFieldStart("data");
                    for (Category category : live.categories()) {
                        write(out, live, category, added);
                    }
                    write(
                            out,
                            live,
                            Category.NONE,
                            "Queries of no category.",
                            live.otherExamples().size(),
                            added);
                    out.writeEndArray();
                    out.writeEndObject();
                }));
    }

    private static void write(
            JsonGenerator out, Catalog live, Category category, List<Example> added)
            throws IOException {
        write(out, live, category.id(), category.description(), category.examples().size(), added);
    }

    private static void write(
            JsonGenerator out,
            Catalog live,
            String id,
            String description,
            int trained,
            List<Example> added)
            throws IOException {
        out.writeStartObject();
        out.writeStringField("id", id);
        out.writeStringField("object", "consort.category");
        out.writeStringField("description", description);
        out.writeNumberField("trained_examples", trained);
        out.writeNumberField(
                "added_examples",
                added.stream().filter(example -> example.category().equals(id)).count());
        out.writeArrayFieldStart("experts");
        for (String expert : live.map().getOrDefault(id, List.of())) {
            out.writeString(expert);
        }
        out.writeEndArray();
        out.writeEndObject();
    }
}
