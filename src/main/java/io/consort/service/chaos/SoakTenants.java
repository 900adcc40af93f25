package io.consort.service.chaos;

import io.consort.service.api.json.BodyReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Makes tenants with keys and catalogs over the admin API of a service. */
final class SoakTenants {

    private static final int TENANTS = 3;
    private static final int KEYS = 2;

    private final OwnService service;
    private final HttpClient http;

    private SoakTenants(OwnService service, HttpClient http) {
        this.service = service;
        this.http = http;
    }

    /** Keys of several tenants, the first key of the service among them. */
    static List<String> keys(OwnService service) throws IOException, InterruptedException {
        List<String> keys = new ArrayList<>(List.of(service.key()));
        try (HttpClient http = HttpClient.newHttpClient()) {
            SoakTenants tenants = new SoakTenants(service, http);
            for (int tenant = 0; tenant < TENANTS; tenant++) {
                keys.addAll(tenants.make("soak-" + tenant));
            }
        }
        return keys;
    }

    private List<String> make(String tenant) throws IOException, InterruptedException {
        String json = "application/json";
        var _ = send("POST", "", json, "{\"id\":\"%s\",\"name\":\"%s\"}".formatted(tenant, tenant));
        var _ = send("PUT", "/" + tenant + "/catalog", "application/yaml", service.catalog());
        List<String> keys = new ArrayList<>();
        for (int key = 0; key < KEYS; key++) {
            byte[] made =
                    send(
                            "POST",
                            "/" + tenant + "/keys",
                            json,
                            "{\"name\":\"%d\",\"role\":\"chat\"}".formatted(key));
            keys.add(key(made));
        }
        return keys;
    }

    private byte[] send(String method, String path, String type, String body)
            throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(
                                URI.create(
                                        "http://127.0.0.1:%d/admin/v1/tenants%s"
                                                .formatted(service.address().getPort(), path)))
                        .header("authorization", "Bearer " + service.key())
                        .header("content-type", type)
                        .header("if-none-match", "*")
                        .method(method, BodyPublishers.ofString(body))
                        .build();
        HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() / 100 != 2) {
            throw new IOException(
                    "%s %s was answered with %d: %s"
                            .formatted(
                                    method,
                                    path,
                                    response.statusCode(),
                                    new String(response.body(), StandardCharsets.UTF_8)));
        }
        return response.body();
    }

    private static String key(byte[] made) throws IOException {
        try (BodyReader in = BodyReader.of(made)) {
            in.beginBody();
            while (in.nextField()) {
                if (in.name().equals("key")) {
                    return in.string();
                }
                in.skip();
            }
        }
        throw new IOException("The answer has no key");
    }
}
