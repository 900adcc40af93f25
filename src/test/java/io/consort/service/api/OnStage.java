package io.consort.service.api;

import io.consort.service.stage.Client;
import io.consort.service.stage.Stage;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import java.net.URI;

/** A running service whose experts are all played by the stage's upstream. */
@QuarkusTestResource(Stage.class)
abstract class OnStage {

    static final String CHAT = "/v1/chat/completions";

    @TestHTTPResource("/")
    URI service = URI.create("http://127.0.0.1");

    final Client client() {
        return Client.of(service);
    }
}
