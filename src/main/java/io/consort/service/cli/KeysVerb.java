package io.consort.service.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code consort keys}: makes, lists, limits and revokes API keys of a service that runs. */
final class KeysVerb implements Verb {

    @Override
    public String name() {
        return "keys";
    }

    @Override
    public String summary() {
        return "makes, lists, limits and revokes API keys";
    }

    @Override
    public String help() {
        return """
        consort keys [list] [--tenant T]
        consort keys create NAME [--role chat|admin|root] [--expires WHEN] [--limits L] [--tenant T]
        consort keys limit ID --limits L [--tenant T]
        consort keys revoke ID [--tenant T]

          --role R       what the key may do; chat by default
          --expires WHEN as in 2027-01-31T00:00:00Z; never by default
          --tenant T     another tenant's keys; needs a key with the role root
        %s%s
        create prints the key, which is shown nowhere else, on the standard output alone.
        """
                .formatted(LimitList.HELP, Administration.HELP);
    }

    @Override
    public int run(List<String> arguments, Terminal terminal) {
        Set<String> options = new HashSet<>(Administration.OPTIONS);
        options.addAll(List.of("--role", "--expires", "--limits", "--tenant"));
        Arguments given = Arguments.parse(arguments, options, Set.of("--json"));
        String act = given.words().isEmpty() ? "list" : given.words().getFirst();
        try {
            JsonNode answer = carryOut(act, given);
            if (given.has("--json")) {
                terminal.out().println(answer);
            } else if (answer.has("key")) {
                terminal.err().print(text(answer));
                terminal.out().println(answer.path("key").asText());
            } else {
                terminal.out().print(text(answer));
            }
            return 0;
        } catch (AskException problem) {
            terminal.err().println(problem.getMessage());
            return 1;
        }
    }

    private static JsonNode carryOut(String act, Arguments given) throws AskException {
        String keys =
                given.value("--tenant")
                        .map(tenant ->
                                "/admin/v1/tenants/%s/keys"
                                        .formatted(ServiceClient.segment(tenant)))
                        .orElse("/admin/v1/keys");
        return switch (act) {
            case "list" -> {
                requireWords(given, 0);
                yield send(given, "GET", keys, Optional.empty());
            }
            case "create" -> send(given, "POST", keys, Optional.of(draft(given).toString()));
            case "limit" -> send(given, "PATCH", key(keys, given), Optional.of(limits(given)));
            case "revoke" -> send(given, "DELETE", key(keys, given), Optional.empty());
            default ->
                    throw new UsageException(
                            "there is no `keys %s`; use list, create, limit or revoke"
                                    .formatted(act));
        };
    }

    private static JsonNode send(Arguments given, String method, String path, Optional<String> body)
            throws AskException {
        return Administration.client(given).send(method, path, body);
    }

    private static ObjectNode draft(Arguments given) {
        ObjectNode draft = JsonNodeFactory.instance.objectNode().put("name", word(given));
        given.value("--role").ifPresent(role -> draft.put("role", role));
        given.value("--expires").ifPresent(when -> draft.put("expires", when));
        given.value("--limits").ifPresent(list -> draft.set("limits", LimitList.parse(list)));
        return draft;
    }

    private static String limits(Arguments given) {
        String list =
                given.value("--limits")
                        .orElseThrow(() -> new UsageException("say the limits with --limits"));
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("limits", LimitList.parse(list));
        return body.toString();
    }

    private static String key(String keys, Arguments given) {
        return keys + "/" + ServiceClient.segment(word(given));
    }

    private static String word(Arguments given) {
        requireWords(given, 1);
        return given.words().get(1);
    }

    private static void requireWords(Arguments given, int behind) {
        if (Math.max(0, given.words().size() - 1) != behind) {
            throw new UsageException(
                    behind == 0 ? "list names no key" : "name one key; `--` precedes odd names");
        }
    }

    private static String text(JsonNode answer) {
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode key : answer.has("data") ? answer.path("data") : List.of(answer)) {
            rows.add(
                    List.of(
                            key.path("id").asText(),
                            key.path("prefix").asText() + "...",
                            key.path("role").asText(),
                            state(key),
                            LimitList.text(key.path("limits")),
                            key.path("name").asText()));
        }
        return Columns.of(List.of("ID", "KEY", "ROLE", "STATE", "LIMITS", "NAME"), rows);
    }

    private static String state(JsonNode key) {
        if (key.path("revoked").isTextual()) {
            return "revoked " + key.path("revoked").asText();
        }
        return key.path("expires").isTextual() ? "until " + key.path("expires").asText() : "good";
    }
}
