package io.consort.experts.remote;

import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import io.consort.experts.chat.ExpertException;
import io.consort.experts.chat.ExpertException.Kind;
import io.vertx.core.MultiMap;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Says in the words of the contract how a LangChain4j model failed. */
final class LangChainFailures {

    private final String expert;
    private final HttpFailures http;
    private final Redaction redaction;

    /**
     * @param redaction of the provider's words
     */
    LangChainFailures(String expert, Redaction redaction) {
        this.expert = expert;
        this.redaction = redaction;
        http = new HttpFailures(expert, InstantSource.system(), redaction);
    }

    /** The response ended, but not its answer. */
    static ExpertException endedEarly() {
        return ExpertException.of(
                Kind.GARBLED, "The expert sent a stream that ended before its answer did");
    }

    ExpertException of(Throwable failure) {
        HttpException answered = cause(failure, HttpException.class);
        if (answered != null) {
            byte[] body = String.valueOf(answered.getMessage()).getBytes(StandardCharsets.UTF_8);
            return http.answered(answered.statusCode(), MultiMap.caseInsensitiveMultiMap(), body);
        }
        if (cause(failure, TimeoutException.class) != null) {
            return ExpertException.of(Kind.TIMEOUT, "Expert \"%s\" said nothing".formatted(expert));
        }
        UnsupportedFeatureException unsupported = cause(failure, UnsupportedFeatureException.class);
        if (unsupported != null) {
            return ExpertException.unsupported("body", String.valueOf(unsupported.getMessage()));
        }
        IOException broken = cause(failure, IOException.class);
        if (broken != null) {
            return http.broken(broken);
        }
        return reported(failure);
    }

    /** The provider told of an error inside a stream. */
    private ExpertException reported(Throwable failure) {
        Function<Kind, ExpertException> as =
                kind ->
                        ExpertException.of(
                                kind,
                                "Expert \"%s\" reports: %s"
                                        .formatted(
                                                expert,
                                                redaction.in(
                                                        String.valueOf(failure.getMessage()))));
        return as.apply(
                switch (failure) {
                    case RateLimitException _ -> Kind.OVERLOADED;
                    case InvalidRequestException _, ModelNotFoundException _ -> Kind.REJECTED;
                    case AuthenticationException _ -> Kind.UPSTREAM;
                    case IllegalArgumentException _, NullPointerException _ -> Kind.GARBLED;
                    default -> Kind.UPSTREAM;
                });
    }

    private static <T extends Throwable> @Nullable T cause(Throwable failure, Class<T> type) {
        Throwable here = failure;
        for (int depth = 0; here != null && depth < 16; depth++) {
            if (type.isInstance(here)) {
                return type.cast(here);
            }
            here = here.getCause();
        }
        return null;
    }
}
