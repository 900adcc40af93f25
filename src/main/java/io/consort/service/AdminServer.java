package io.consort.service;

import io.consort.service.api.HttpApi;
import io.consort.service.security.FrontDoor;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.quarkus.vertx.http.runtime.options.HttpServerOptionsUtils;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Serves the administration's API, and the metrics, on a port of their own where one is configured:
 * with the host and the certificate of the chat API.
 */
@ApplicationScoped
@SuppressWarnings("deprecation") // It is the registry that Quarkus has.
public class AdminServer {

    private final Service service;
    private final ConsortConfig config;
    private final Vertx vertx;
    private final TlsConfigurationRegistry certificates;
    private final PrometheusMeterRegistry metrics;
    private @Nullable HttpServer server;

    /** Not listening yet. */
    @Inject
    public AdminServer(
            Service service,
            ConsortConfig config,
            Vertx vertx,
            TlsConfigurationRegistry certificates,
            PrometheusMeterRegistry metrics) {
        this.service = service;
        this.config = config;
        this.vertx = vertx;
        this.certificates = certificates;
        this.metrics = metrics;
    }

    /** Where it listens; empty when the administration has no port of its own. */
    public Optional<Integer> port() {
        return Optional.ofNullable(server).map(HttpServer::actualPort);
    }

    void start(
            @Observes StartupEvent event,
            @ConfigProperty(name = "quarkus.http.host") String host,
            @ConfigProperty(name = "quarkus.http.tls-configuration-name") Optional<String> tls) {
        if (!config.admin().isApart()) {
            return;
        }
        int port = config.admin().port().orElseThrow();
        HttpServerOptions options = new HttpServerOptions().setHost(host).setPort(port);
        options.setHttp2ClearTextEnabled(false)
                .setMaxHeaderSize(FrontDoor.LARGEST_HEADERS)
                .setMaxInitialLineLength(FrontDoor.LONGEST_LINE);
        tls.map(certificates::get)
                .orElseGet(certificates::getDefault)
                .filter(certificate -> certificate.getKeyStoreOptions() != null)
                .ifPresent(certificate ->
                        HttpServerOptionsUtils.applyTlsConfigurationToHttpServerOptions(
                                certificate, options));
        try {
            server =
                    vertx.createHttpServer(options)
                            .requestHandler(router())
                            .listen()
                            .toCompletionStage()
                            .toCompletableFuture()
                            .join();
        } catch (CompletionException taken) {
            throw new IllegalStateException(
                    "The port %d of %s cannot be used for the administration (%s); name another as `consort.admin.port`."
                            .formatted(port, host, taken.getCause()),
                    taken);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        HttpServer running = server;
        if (running != null) {
            running.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private Router router() {
        Router router = Router.router(vertx);
        new FrontDoor(config.urlLimit(), config.headerLimit()).mount(router);
        router.get("/q/metrics").handler(this::scrape);
        service.api().mountAdmin(router);
        HttpApi.mountRest(router);
        return router;
    }

    private void scrape(RoutingContext http) {
        http.response()
                .putHeader("content-type", "text/plain; version=0.0.4; charset=utf-8")
                .end(metrics.scrape());
    }
}
