package io.consort.service.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** Looks at and changes the catalog of a tenant of a running service. */
final class CatalogClient {

    /** A catalog whose categories are new is trained before it is live. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final String YAML = "application/yaml";

    private final ServiceClient service;
    private final String path;

    /**
     * The catalog of a tenant.
     *
     * @param tenant the key's own where it is empty
     */
    CatalogClient(ServiceClient service, Optional<String> tenant) {
        this.service = service;
        this.path =
                tenant.map(id ->
                                "/admin/v1/tenants/%s/catalog".formatted(ServiceClient.segment(id)))
                        .orElse("/admin/v1/catalog");
    }

    /** A document with the tag of its revision. */
    record Tagged(String text, String tag) {}

    /** The live document; empty where the tenant has none yet. */
    Optional<Tagged> live() throws AskException {
        HttpResponse<String> response = get(path, YAML);
        if (response.statusCode() == 404 && response.body().contains("catalog_not_found")) {
            return Optional.empty();
        }
        return Optional.of(tagged(response));
    }

    /** The document of a revision. */
    Tagged revision(String number) throws AskException {
        return tagged(get(path + "/revisions/" + ServiceClient.segment(number), YAML));
    }

    /** The list of revisions. */
    JsonNode revisions() throws AskException {
        return service.json(get(path + "/revisions", "application/json"));
    }

    /** What a document would change. */
    JsonNode preview(String document) throws AskException {
        return service.json(
                service.send(
                        to(path + "?dry-run=true")
                                .header("Content-Type", YAML)
                                .PUT(BodyPublishers.ofString(document))));
    }

    /**
     * Makes a document live.
     *
     * @param live what it follows
     */
    JsonNode apply(String document, Optional<Tagged> live, String comment) throws AskException {
        HttpRequest.Builder request =
                to(path + "?comment=" + ServiceClient.segment(comment))
                        .header("Content-Type", YAML)
                        .PUT(BodyPublishers.ofString(document));
        return service.json(service.send(following(request, live)));
    }

    /** Makes a former revision live. */
    JsonNode restore(String number, Optional<Tagged> live, String comment) throws AskException {
        HttpRequest.Builder request =
                to("%s/revisions/%s/restore?comment=%s"
                                .formatted(
                                        path,
                                        ServiceClient.segment(number),
                                        ServiceClient.segment(comment)))
                        .POST(BodyPublishers.noBody());
        return service.json(service.send(following(request, live)));
    }

    private static HttpRequest.Builder following(
            HttpRequest.Builder request, Optional<Tagged> live) {
        return live.isPresent()
                ? request.header("If-Match", live.get().tag())
                : request.header("If-None-Match", "*");
    }

    private HttpResponse<String> get(String from, String type) throws AskException {
        return service.send(to(from).header("Accept", type).GET());
    }

    private Tagged tagged(HttpResponse<String> response) throws AskException {
        if (response.statusCode() != 200) {
            // Throws what the answer says.
            service.json(response);
        }
        return new Tagged(response.body(), response.headers().firstValue("etag").orElse("*"));
    }

    private HttpRequest.Builder to(String where) {
        return service.to(where).timeout(PATIENCE);
    }
}
