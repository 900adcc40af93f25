package io.consort.service.api;

import io.consort.experts.catalog.CatalogFileException;
import io.consort.service.catalogs.Author;
import io.consort.service.catalogs.MovedException;
import io.consort.service.catalogs.RootOnlyException;
import io.consort.service.store.Tenants;
import io.consort.service.store.Tenants.State;
import io.consort.service.store.Tenants.Tenant;
import io.vertx.core.http.HttpMethod;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * A call that is about a catalog: whose it is, who changes it and why, and how failures are told.
 *
 * @param call as it came
 */
record CatalogCall(Call call) {

    private static final int LONGEST_COMMENT = 1_000;

    /** The tenant: the path's, or the caller's own. */
    String tenant() {
        return Optional.ofNullable(call.http().pathParam("tenant")).orElse(call.caller().tenant());
    }

    /** Who calls; keys of another tenant are told apart. */
    Author author() {
        String key = call.caller().key();
        String name =
                tenant().equals(call.caller().tenant()) ? key : call.caller().tenant() + "/" + key;
        return new Author(call.caller(), name);
    }

    /** Why the change is made; empty where the caller does not say. */
    String comment() {
        String comment = query("comment").orElse("");
        if (comment.length() > LONGEST_COMMENT) {
            throw ApiException.invalid(
                    "comment",
                    "`comment` must have at most %d characters.".formatted(LONGEST_COMMENT));
        }
        return comment;
    }

    /** Whether the change is only to be looked at. */
    boolean isDryRun() {
        return query("dry-run").filter(value -> !value.equals("false")).isPresent();
    }

    /** A parameter of the query. */
    Optional<String> query(String name) {
        return call.http().queryParam(name).stream().findFirst();
    }

    /** A part of the path. */
    String path(String name) {
        return Optional.ofNullable(call.http().pathParam(name)).orElse("");
    }

    /** The number of a revision in the path. */
    long number() {
        try {
            return Long.parseLong(path("number"));
        } catch (NumberFormatException malformed) {
            throw unknownRevision(path("number"));
        }
    }

    /** The body, a document in YAML or JSON. */
    String document() {
        try {
            String text =
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(call.body()))
                            .toString();
            String type = String.valueOf(call.http().request().getHeader("content-type"));
            // JSON has raw tabs between its tokens alone, and YAML reads spaces there.
            return type.contains("json") ? text.replace('\t', ' ') : text;
        } catch (CharacterCodingException malformed) {
            throw ApiException.malformed("The body is not UTF-8; send it as UTF-8.");
        }
    }

    /** What work gives, or its failure as the caller should see it. */
    <T> T told(Callable<T> work) throws Exception {
        try {
            return work.call();
        } catch (CatalogFileException problems) {
            throw new ApiException(
                    ApiError.of(
                            400,
                            ApiError.INVALID_REQUEST,
                            "invalid_catalog",
                            String.valueOf(problems.getMessage())));
        } catch (RootOnlyException forbidden) {
            throw new ApiException(
                    ApiError.of(
                            403,
                            ApiError.INVALID_REQUEST,
                            "insufficient_role",
                            String.valueOf(forbidden.getMessage())));
        } catch (MovedException moved) {
            throw new ApiException(
                    ApiError.of(
                            412,
                            ApiError.INVALID_REQUEST,
                            "catalog_changed",
                            moved.head() == 0
                                    ? "The tenant has no catalog yet; send `If-None-Match: *`."
                                    : "The live revision is %d; get it, and change that one."
                                            .formatted(moved.head())));
        }
    }

    /**
     * Checks that the tenant which the path names can have a catalog.
     *
     * @throws ApiException 404 where there is none, 409 where it is suspended
     */
    void requireTenant(Tenants tenants) throws SQLException {
        Optional<String> named = Optional.ofNullable(call.http().pathParam("tenant"));
        if (named.isEmpty()) {
            return;
        }
        State state = tenants.find(named.get()).map(Tenant::state).orElse(State.REMOVED);
        if (state == State.REMOVED) {
            throw notFound(
                    "tenant_not_found",
                    "There is no tenant \"%s\"; GET /admin/v1/tenants lists them."
                            .formatted(named.get()));
        }
        boolean reads = call.http().request().method().equals(HttpMethod.GET);
        if (state == State.SUSPENDED && !reads) {
            throw new ApiException(
                    ApiError.of(
                            409,
                            ApiError.INVALID_REQUEST,
                            "tenant_suspended",
                            "The tenant \"%s\" is suspended; make it active first."
                                    .formatted(named.get())));
        }
    }

    /** Nothing is there. */
    static ApiException notFound(String code, String message) {
        return new ApiException(ApiError.of(404, ApiError.INVALID_REQUEST, code, message));
    }

    /** The tenant has no catalog. */
    ApiException withoutCatalog() {
        return notFound(
                "catalog_not_found",
                "The tenant \"%s\" has no catalog; PUT one with `If-None-Match: *`."
                        .formatted(tenant()));
    }

    /** The tenant has no such revision. */
    ApiException unknownRevision(String number) {
        return notFound(
                "revision_not_found",
                "There is no revision %s of the catalog of \"%s\"; GET %s lists all."
                        .formatted(number, tenant(), "/admin/v1/catalog/revisions"));
    }
}
