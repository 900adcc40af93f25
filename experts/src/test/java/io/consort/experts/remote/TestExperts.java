package io.consort.experts.remote;

import io.consort.experts.ExpertSource;
import io.consort.experts.GuardSettings;
import io.consort.experts.Secret;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** Unguarded experts for tests. */
final class TestExperts {

    static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

    private TestExperts() {}

    static ExpertSource.OpenAi source(URI baseUrl) {
        return new ExpertSource.OpenAi(
                baseUrl,
                Optional.of(new Secret("sk-test")),
                "upstream/model",
                true,
                Map.of("x-extra", new Secret("yes")));
    }

    static OpenAiExpert openAi(URI baseUrl, Vertx vertx) {
        return openAi(source(baseUrl), vertx);
    }

    static OpenAiExpert openAi(ExpertSource.OpenAi source, Vertx vertx) {
        return new OpenAiExpert(
                "tested",
                source,
                vertx,
                RemoteExperts.httpClient(vertx, GuardSettings.DEFAULT),
                InstantSource.fixed(NOW));
    }
}
