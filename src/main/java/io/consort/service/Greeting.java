package io.consort.service;

import io.consort.service.store.DataFolder;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Tells whoever started the service how to use it. */
@ApplicationScoped
public class Greeting {

    void greet(
            @Observes StartupEvent event,
            Service service,
            ConsortConfig config,
            @ConfigProperty(name = "quarkus.http.host") String host,
            @ConfigProperty(name = "quarkus.http.port") int port) {
        if (!config.greet()) {
            return;
        }
        DataFolder data = new DataFolder(config.data().toAbsolutePath().normalize());
        String url = "http://%s:%d".formatted(host.equals("0.0.0.0") ? "127.0.0.1" : host, port);
        System.out.println("Consort answers on " + url);
        service.freshKey()
                .ifPresentOrElse(
                        key ->
                                System.out.printf(
                                        "Your first API key, shown only now and kept in %s:%n  %s%n",
                                        data.firstKeyFile(), key),
                        () ->
                                System.out.printf(
                                        "The first API key is in %s%n", data.firstKeyFile()));
        System.out.printf(
                """
                Try:
                  curl -s %s/v1/chat/completions -H "Authorization: Bearer $(cat '%s')" -H 'Content-Type: application/json' -d '{"model":"auto","messages":[{"role":"user","content":"What is 37 + 48?"}]}'
                """,
                url, data.firstKeyFile());
        System.out.flush();
    }
}
