package io.consort.service.observe;

import io.consort.experts.Catalog;
import io.consort.experts.Expert;
import io.consort.experts.ExpertSource;
import java.util.Optional;

/** Names who answers for an expert, as OpenTelemetry's conventions for generative AI do. */
public final class Providers {

    private static final String SELF = "consort";

    private Providers() {}

    /** The provider of a catalog's expert; this service itself for others. */
    public static String of(Catalog catalog, String expert) {
        Optional<Expert> known = catalog.expert(expert);
        return known.isEmpty() ? SELF : of(known.get());
    }

    private static String of(Expert expert) {
        return switch (expert.source()) {
            case ExpertSource.Local _ -> SELF;
            case ExpertSource.OpenAi _ -> "openai";
            case ExpertSource.Anthropic _ -> "anthropic";
            case ExpertSource.Gemini _ -> "gcp.gemini";
        };
    }
}
