package io.consort.service.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.consort.service.api.json.Json;
import io.consort.service.catalogs.CatalogDocument;
import io.consort.service.catalogs.CatalogKeeper.Change;
import io.consort.service.catalogs.CatalogRevisions.Revision;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers about catalogs. */
final class CatalogReplies {

    private static final CharSequence ETAG = HttpHeaders.createOptimized("etag");
    private static final String YAML = "application/yaml";

    private CatalogReplies() {}

    /** Sends a document, in YAML to whoever accepts that, and otherwise in JSON. */
    static void document(RoutingContext http, CatalogDocument document, long revision) {
        tag(http, revision).putHeader("vary", "accept");
        @Nullable String accept = http.request().getHeader(HttpHeaders.ACCEPT);
        if (accept != null && accept.contains("yaml")) {
            http.response()
                    .putHeader(HttpHeaders.CONTENT_TYPE, YAML)
                    .end(Buffer.buffer(document.text()));
            return;
        }
        Replies.send(http, Json.write(document::write));
    }

    /** Sends what a change changed, or would change. */
    static void change(RoutingContext http, String tenant, Change change) {
        tag(http, change.to());
        Replies.send(
                http,
                Json.write(out -> {
                    out.writeStartObject();
                    out.writeStringField("object", "consort.catalog_change");
                    out.writeStringField("tenant", tenant);
                    out.writeNumberField("from", change.from());
                    out.writeNumberField("revision", change.to());
                    strings(out, "words", change.diff().words());
                    out.writeFieldName("changes");
                    change.diff().write(out);
                    strings(out, "warnings", change.warnings());
                    out.writeEndObject();
                }));
    }

    /** Sends a list of revisions without their documents. */
    static void revisions(RoutingContext http, List<Revision> revisions, boolean more) {
        Replies.send(
                http,
                Json.write(out -> {
                    out.writeStartObject();
                    out.writeStringField("object", "list");
                    out.writeArrayFieldStart("data");
                    for (Revision revision : revisions) {
                        out.writeStartObject();
                        out.writeNumberField("revision", revision.number());
                        out.writeStringField("created", revision.created().toString());
                        out.writeStringField("author", revision.author());
                        out.writeStringField("comment", revision.comment());
                        out.writeStringField("hash", revision.hash());
                        out.writeEndObject();
                    }
                    out.writeEndArray();
                    out.writeBooleanField("has_more", more);
                    out.writeEndObject();
                }));
    }

    /** Sends the part of a document. */
    static void part(RoutingContext http, long revision, Json.Writing part) {
        tag(http, revision);
        Replies.send(http, Json.write(part));
    }

    /** Says that the caller has it already. */
    static void notModified(RoutingContext http, long revision) {
        tag(http, revision).setStatusCode(304).end();
    }

    private static HttpServerResponse tag(RoutingContext http, long revision) {
        return http.response().putHeader(ETAG, Precondition.tag(revision));
    }

    private static void strings(JsonGenerator out, String field, List<String> values)
            throws IOException {
        out.writeArrayFieldStart(field);
        for (String value : values) {
            out.writeString(value);
        }
        out.writeEndArray();
    }
}
