package io.consort.service.catalogs;

import io.consort.experts.Catalog;
import io.consort.experts.Expert;
import io.consort.experts.ExpertSource;
import io.consort.experts.Secret;
import io.consort.experts.catalog.CatalogFileException;
import io.consort.service.catalogs.Sealer.Sealed;
import io.consort.service.catalogs.SecretFields.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Takes the secrets out of documents and puts them into catalogs. A document shows a marker in their
 * place, and one that comes back with the marker keeps the secret. What names a variable of the
 * environment is no secret and stays.
 */
public final class Sealing {

    private static final String MARKER = "sealed:";
    private static final String VARIABLE = "${";

    private final Sealer sealer;

    /** Sealing with this sealer. */
    public Sealing(Sealer sealer) {
        this.sealer = sealer;
    }

    /**
     * A document without secrets.
     *
     * @param fresh what was sealed and is not stored yet, by fingerprint
     */
    public record Result(CatalogDocument document, Map<String, String> fresh) {}

    /**
     * Takes the secrets out of a document that describes a catalog.
     *
     * @param stored what is stored for the tenant, by fingerprint
     * @throws CatalogFileException where a marker stands for nothing that is stored for its place
     */
    public Result seal(String tenant, CatalogDocument document, Map<String, String> stored)
            throws CatalogFileException {
        Map<SecretPlace, String> markers = new HashMap<>();
        Map<String, String> fresh = new HashMap<>();
        List<String> problems = new ArrayList<>();
        for (Field field : document.secrets()) {
            if (field.value().startsWith(MARKER)) {
                if (opened(tenant, field, stored).isEmpty()) {
                    problems.add(unknown(field));
                }
            } else if (!field.value().contains(VARIABLE) && !field.value().isBlank()) {
                Sealed sealed = sealer.seal(tenant, field.place(), new Secret(field.value()));
                markers.put(field.place(), MARKER + sealed.fingerprint());
                if (!stored.containsKey(sealed.fingerprint())) {
                    fresh.put(sealed.fingerprint(), sealed.text());
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new CatalogFileException(problems);
        }
        return new Result(document.withSecrets(markers), fresh);
    }

    /**
     * Puts the secrets into the catalog that was read from a document.
     *
     * @param stored what is stored for the tenant, by fingerprint
     * @throws CatalogFileException where a secret is not stored or does not open
     */
    public Catalog open(
            String tenant, CatalogDocument document, Catalog catalog, Map<String, String> stored)
            throws CatalogFileException {
        Map<String, Map<String, Secret>> secrets = new HashMap<>();
        List<String> problems = new ArrayList<>();
        for (Field field : document.secrets()) {
            if (field.value().startsWith(MARKER)) {
                Optional<Secret> secret = opened(tenant, field, stored);
                secret.ifPresent(value ->
                        secrets.computeIfAbsent(field.place().expert(), _ -> new HashMap<>())
                                .put(field.place().field(), value));
                if (secret.isEmpty()) {
                    problems.add(closed(field));
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new CatalogFileException(problems);
        }
        return catalog.withExperts(
                expert -> expert.from(with(expert, secrets.getOrDefault(expert.id(), Map.of()))));
    }

    private Optional<Secret> opened(String tenant, Field field, Map<String, String> stored) {
        return Optional.ofNullable(stored.get(field.value().substring(MARKER.length())))
                .flatMap(sealed -> sealer.open(tenant, field.place(), sealed));
    }

    private static String unknown(Field field) {
        return "%s:%d: `%s` is a marker, but no key is stored for this expert at this address; give the key itself"
                .formatted(CatalogDocument.NAME, field.line(), field.place().path());
    }

    private static String closed(Field field) {
        return "%s:%d: `%s` does not open here; it was sealed with another master key: use that one, or give the key anew"
                .formatted(CatalogDocument.NAME, field.line(), field.place().path());
    }

    private static ExpertSource with(Expert expert, Map<String, Secret> secrets) {
        Secret key = secrets.get("api-key");
        return switch (expert.source()) {
            case ExpertSource.Local local -> local;
            case ExpertSource.OpenAi remote ->
                    new ExpertSource.OpenAi(
                            remote.baseUrl(),
                            key == null ? remote.apiKey() : Optional.of(key),
                            remote.model(),
                            remote.includeUsage(),
                            headers(remote.headers(), secrets));
            case ExpertSource.Anthropic remote ->
                    new ExpertSource.Anthropic(
                            remote.baseUrl(),
                            Objects.requireNonNullElse(key, remote.apiKey()),
                            remote.model(),
                            remote.maxTokens());
            case ExpertSource.Gemini remote ->
                    new ExpertSource.Gemini(
                            remote.baseUrl(),
                            Objects.requireNonNullElse(key, remote.apiKey()),
                            remote.model());
        };
    }

    private static Map<String, Secret> headers(
            Map<String, Secret> given, Map<String, Secret> secrets) {
        Map<String, Secret> headers = new HashMap<>(given);
        headers.replaceAll((name, value) -> secrets.getOrDefault("headers." + name, value));
        return headers;
    }
}
