package io.consort.service.api;

import io.consort.service.api.json.Json;
import io.consort.service.catalogs.CatalogDocument;
import io.consort.service.catalogs.CatalogRevisions.Revision;
import io.consort.service.catalogs.Part;
import java.sql.SQLException;
import java.util.Optional;

/** Answers the paths of one part of a catalog; a change of an element is a revision of the whole. */
final class ElementsEndpoint {

    private final CatalogDesk desk;
    private final Part part;

    ElementsEndpoint(CatalogDesk desk, Part part) {
        this.desk = desk;
        this.part = part;
    }

    /** Lists the elements. */
    void list(Call call) {
        CatalogCall about = new CatalogCall(call);
        desk.await(
                about,
                () -> head(about),
                head ->
                        CatalogReplies.part(
                                call.http(), head.number(), list(CatalogEndpoint.document(head))));
    }

    /** Gives one element. */
    void show(Call call) {
        CatalogCall about = new CatalogCall(call);
        String id = about.path("id");
        desk.await(
                about,
                () -> {
                    Revision head = head(about);
                    require(CatalogEndpoint.document(head), id);
                    return head;
                },
                head ->
                        CatalogReplies.part(
                                call.http(),
                                head.number(),
                                out -> CatalogEndpoint.document(head).write(out, part, id)));
    }

    /** Makes the body an element, in the place of the one with its id. */
    void put(Call call) {
        CatalogCall about = new CatalogCall(call);
        String id = about.path("id");
        String element = about.document();
        desk.change(
                about,
                live -> {
                    CatalogDocument document = live.orElseThrow(about::withoutCatalog);
                    requireGiven(document);
                    return document.with(part, id, element);
                },
                comment(about, "puts", id));
    }

    /** Takes an element out. */
    void delete(Call call) {
        CatalogCall about = new CatalogCall(call);
        String id = about.path("id");
        desk.change(
                about,
                live -> {
                    CatalogDocument document = live.orElseThrow(about::withoutCatalog);
                    require(document, id);
                    return document.without(part, id);
                },
                comment(about, "deletes", id));
    }

    private Revision head(CatalogCall about) throws SQLException {
        return desk.catalogs().revisions().head(about.tenant()).orElseThrow(about::withoutCatalog);
    }

    private Json.Writing list(CatalogDocument document) {
        return out -> {
            out.writeStartObject();
            out.writeStringField("object", "list");
            out.writeArrayFieldStart("data");
            for (String id : document.ids(part)) {
                if (part == Part.MAP) {
                    out.writeStartObject();
                    out.writeStringField("category", id);
                    out.writeFieldName("experts");
                    document.write(out, part, id);
                    out.writeEndObject();
                } else {
                    document.write(out, part, id);
                }
            }
            out.writeEndArray();
            out.writeEndObject();
        };
    }

    private void require(CatalogDocument document, String id) {
        requireGiven(document);
        if (!document.has(part, id)) {
            throw CatalogCall.notFound(
                    "%s_not_found".formatted(part.word()),
                    "The catalog has no %s \"%s\"; it has: %s."
                            .formatted(part.word(), id, String.join(", ", document.ids(part))));
        }
    }

    private void requireGiven(CatalogDocument document) {
        if (part == Part.MAP && document.plansMap()) {
            throw new ApiException(
                    ApiError.of(
                            409,
                            ApiError.INVALID_REQUEST,
                            "map_planned",
                            "The map is found from recorded outcomes (`map.from`); change that in the"
                                    + " whole catalog."));
        }
    }

    private String comment(CatalogCall about, String verb, String id) {
        return Optional.of(about.comment())
                .filter(comment -> !comment.isEmpty())
                .orElse("%s %s %s".formatted(verb, part.word(), id));
    }
}
