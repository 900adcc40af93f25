package io.consort.experts.remote;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.jdk.JdkHttpClient;
import dev.langchain4j.http.client.jdk.JdkHttpClientBuilder;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.Executors;

/**
 * The JDK's HTTP client as LangChain4j uses it, with two things added for the call in whose scope a
 * request is made: closing the call closes the response at any time, and the call learns that the
 * response has ended. Each response is read on a virtual thread of its own.
 */
final class StreamingHttp implements HttpClient {

    /** The call that a request is made for. */
    static final ScopedValue<HandOver> CALL = ScopedValue.newInstance();

    private final JdkHttpClient client;
    private final ReachableUrls urls;

    private StreamingHttp(JdkHttpClient client, ReachableUrls urls) {
        this.client = client;
        this.urls = urls;
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        urls.check(request.url());
        return client.execute(request);
    }

    @Override
    public void execute(
            HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        urls.check(request.url());
        HandOver call = CALL.get();
        client.execute(
                request,
                (body, events) -> {
                    call.onClose(() -> closeQuietly(body));
                    parser.parse(body, events);
                },
                new Ending(listener, call));
    }

    private static void closeQuietly(InputStream body) {
        try {
            body.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Passes everything on, and then fails a call whose answer has not ended with its response. */
    private record Ending(ServerSentEventListener listener, HandOver call)
            implements ServerSentEventListener {

        @Override
        public void onOpen(SuccessfulHttpResponse response) {
            listener.onOpen(response);
        }

        @Override
        public void onEvent(ServerSentEvent event, ServerSentEventContext context) {
            if (!call.isOver()) {
                listener.onEvent(event, context);
            }
        }

        @Override
        public void onError(Throwable failure) {
            listener.onError(failure);
        }

        @Override
        public void onClose() {
            listener.onClose();
            call.fail(LangChainFailures.endedEarly());
        }
    }

    /** Builds clients for models. */
    static final class Builder implements HttpClientBuilder {

        private final ReachableUrls urls;
        private final JdkHttpClientBuilder builder =
                new JdkHttpClientBuilder()
                        .httpClientBuilder(
                                java.net.http.HttpClient.newBuilder()
                                        .version(java.net.http.HttpClient.Version.HTTP_1_1)
                                        .executor(Executors.newVirtualThreadPerTaskExecutor()));

        /** For models that may be called within reach. */
        Builder(Reach reach) {
            urls = new ReachableUrls(Lookup.of(reach));
        }

        @Override
        public Duration connectTimeout() {
            return builder.connectTimeout();
        }

        @Override
        public HttpClientBuilder connectTimeout(Duration timeout) {
            builder.connectTimeout(timeout);
            return this;
        }

        @Override
        public Duration readTimeout() {
            return builder.readTimeout();
        }

        @Override
        public HttpClientBuilder readTimeout(Duration timeout) {
            builder.readTimeout(timeout);
            return this;
        }

        @Override
        public HttpClient build() {
            return new StreamingHttp(builder.build(), urls);
        }
    }
}
