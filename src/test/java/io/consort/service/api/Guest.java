package io.consort.service.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.consort.service.stage.Client;
import io.consort.service.stage.Stage;
import java.net.http.HttpRequest.BodyPublishers;

/**
 * A tenant of its own, all of whose ids and texts begin with its word.
 *
 * @param word its id too
 * @param admin administers it
 * @param chat may only ask
 */
record Guest(String word, Client admin, Client chat, String chatKey) {

    /** Makes the tenant, its keys and its catalog. */
    static Guest invite(Client root, String word) {
        assertThat(root.post("/admin/v1/tenants", "{\"id\":\"%s\"}".formatted(word)).status())
                .isEqualTo(201);
        String keys = "/admin/v1/tenants/%s/keys".formatted(word);
        JsonNode admin = key(root, keys, word + "-admin", "admin");
        JsonNode chat = key(root, keys, word + "-chat", "chat");
        Client.Reply made =
                root.send(
                        root.to("/admin/v1/tenants/%s/catalog".formatted(word))
                                .header("content-type", "application/yaml")
                                .header("if-none-match", "*")
                                .PUT(BodyPublishers.ofString(catalog(word))));
        assertThat(made.status()).as(made.body()).isEqualTo(200);
        return new Guest(
                word,
                root.withKey(admin.path("key").asText()),
                root.withKey(chat.path("key").asText()),
                chat.path("id").asText());
    }

    private static JsonNode key(Client root, String keys, String name, String role) {
        Client.Reply made =
                root.post(keys, "{\"name\":\"%s\",\"role\":\"%s\"}".formatted(name, role));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return made.json();
    }

    /** An expert that answers, a category of its own, and a policy that asks the expert. */
    private static String catalog(String word) {
        return """
        version: 1
        categories:
          - id: %1$s-topic
            description: What %1$s is about.
            examples: ["%1$s alpha one", "%1$s alpha two", "%1$s alpha three", "%1$s alpha four"]
          - id: %1$s-other
            description: What else %1$s is about.
            examples: ["the %1$s sings", "a %1$s sleeps", "my %1$s eats", "no %1$s flies"]
        experts:
          - id: %1$s-expert
            openai: { base-url: "http://127.0.0.1:%2$d/v1", model: %1$s-model }
            price: { input: 1000, output: 1000 }
        map: { %1$s-topic: [%1$s-expert], %1$s-other: [%1$s-expert] }
        policies:
          - id: default
            pinned: { expert: %1$s-expert }
          - id: %1$s-policy
            pinned: { expert: %1$s-expert }
        """
                .formatted(word, Stage.upstream().port());
    }
}
