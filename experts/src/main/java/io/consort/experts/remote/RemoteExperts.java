package io.consort.experts.remote;

import io.consort.experts.Expert;
import io.consort.experts.ExpertSource;
import io.consort.experts.GuardSettings;
import io.consort.experts.chat.ChatExpert;
import io.consort.experts.guard.GuardedExpert;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Function;

/** Turns the experts of a catalog into chat experts behind their guards. */
public final class RemoteExperts {

    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);
    // Common servers hang up after five seconds without a request; we do so before them.
    private static final int IDLE_SECONDS = 4;
    private static final int MOST_CONNECTIONS = 65_535;

    private RemoteExperts() {}

    /**
     * A guarded expert that answers over HTTP. The caller closes it.
     *
     * @param vertx whose event loops and timers it uses; not closed with the expert
     * @throws IllegalArgumentException for a local expert
     */
    public static GuardedExpert open(Expert expert, Vertx vertx) {
        return open(
                expert,
                vertx,
                local -> {
                    throw new IllegalArgumentException(
                            "`experts.%s` is local; open it with the runtime"
                                    .formatted(local.id()));
                });
    }

    /**
     * A guarded expert of any source. The caller closes it.
     *
     * @param vertx whose event loops and timers it uses; not closed with the expert
     * @param local makes the unguarded experts that live in this process; they are closed with what
     *     is returned
     */
    public static GuardedExpert open(
            Expert expert, Vertx vertx, Function<Expert, ChatExpert> local) {
        return open(expert, vertx, Reach.EVERYWHERE, local);
    }

    /**
     * The same for an expert that may only be called within reach: its host is looked up before it is
     * connected to, and a call to an address that is closed fails as unreachable.
     */
    public static GuardedExpert open(
            Expert expert, Vertx vertx, Reach reach, Function<Expert, ChatExpert> local) {
        ChatExpert unguarded =
                switch (expert.source()) {
                    case ExpertSource.Local _ -> local.apply(expert);
                    case ExpertSource.OpenAi source ->
                            new OpenAiExpert(
                                    expert.id(),
                                    source,
                                    vertx,
                                    httpClient(vertx, expert.guard()),
                                    InstantSource.system(),
                                    destination(source, reach));
                    case ExpertSource.Anthropic source ->
                            new LangChainExpert(
                                    expert.id(),
                                    LangChainModels.anthropic(
                                            source, expert.guard().firstToken(), reach),
                                    Redaction.of(source.apiKey()));
                    case ExpertSource.Gemini source ->
                            new LangChainExpert(
                                    expert.id(),
                                    LangChainModels.gemini(
                                            source, expert.guard().firstToken(), reach),
                                    Redaction.of(source.apiKey()));
                };
        boolean alwaysStreams = !(expert.source() instanceof ExpertSource.OpenAi);
        return new GuardedExpert(unguarded, expert.guard(), new VertxTimers(vertx), alwaysStreams);
    }

    private static Destination destination(ExpertSource.OpenAi source, Reach reach) {
        RequestOptions options = OpenAiExpert.options(source);
        return reach.equals(Reach.EVERYWHERE)
                ? new FixedDestination(options)
                : new CheckedDestination(options, Lookup.of(reach), System::nanoTime);
    }

    /**
     * A client that makes as many connections as calls need, whose number the guard limits, so that
     * none waits for another and the guard's limit can be changed.
     */
    static HttpClient httpClient(Vertx vertx, GuardSettings guard) {
        Duration connect =
                guard.firstToken().compareTo(LONGEST_CONNECT) < 0
                        ? guard.firstToken()
                        : LONGEST_CONNECT;
        HttpClientOptions options =
                new HttpClientOptions()
                        .setConnectTimeout((int) Math.max(1, connect.toMillis()))
                        .setKeepAliveTimeout(IDLE_SECONDS);
        // Calls learn what happens to their connections; without a handler it would be logged too.
        return vertx.httpClientBuilder()
                .with(options)
                .with(new PoolOptions().setHttp1MaxSize(MOST_CONNECTIONS))
                .withConnectHandler(connection -> connection.exceptionHandler(_ -> {}))
                .build();
    }
}
