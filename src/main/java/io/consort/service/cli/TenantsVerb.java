package io.consort.service.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code consort tenants}: makes, shows, limits, suspends and removes tenants of a service that runs. */
final class TenantsVerb implements Verb {

    private static final String TENANTS = "/admin/v1/tenants";

    @Override
    public String name() {
        return "tenants";
    }

    @Override
    public String summary() {
        return "makes, lists, limits, suspends and removes tenants";
    }

    @Override
    public String help() {
        return """
        consort tenants [list]
        consort tenants create ID [--name N] [--limits L]
        consort tenants limit ID --limits L
        consort tenants show|suspend|resume|remove ID

          --name N       what people call it
        %s%s
        Needs a key with the role root. A removed tenant's records stay, and its id cannot be
        used again.
        """
                .formatted(LimitList.HELP, Administration.HELP);
    }

    @Override
    public int run(List<String> arguments, Terminal terminal) {
        Set<String> options = new HashSet<>(Administration.OPTIONS);
        options.addAll(List.of("--name", "--limits"));
        Arguments given = Arguments.parse(arguments, options, Set.of("--json"));
        String act = given.words().isEmpty() ? "list" : given.words().getFirst();
        try {
            JsonNode answer = carryOut(act, given);
            terminal.out().print(given.has("--json") ? answer + "\n" : text(answer));
            return 0;
        } catch (AskException problem) {
            terminal.err().println(problem.getMessage());
            return 1;
        }
    }

    private static JsonNode carryOut(String act, Arguments given) throws AskException {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        given.value("--name").ifPresent(name -> body.put("name", name));
        given.value("--limits").ifPresent(list -> body.set("limits", LimitList.parse(list)));
        return switch (act) {
            case "list" -> {
                requireWords(given, 0);
                yield send(given, "GET", TENANTS, Optional.empty());
            }
            case "create" ->
                    send(given, "POST", TENANTS, Optional.of(body.put("id", id(given)).toString()));
            case "show" -> send(given, "GET", path(given), Optional.empty());
            case "limit" -> change(given, limited(body));
            case "suspend" -> change(given, body.put("state", "suspended"));
            case "resume" -> change(given, body.put("state", "active"));
            case "remove" -> send(given, "DELETE", path(given), Optional.empty());
            default ->
                    throw new UsageException(
                            "there is no `tenants %s`; use list, create, show, limit, suspend, resume or remove"
                                    .formatted(act));
        };
    }

    private static ObjectNode limited(ObjectNode body) {
        if (!body.has("limits")) {
            throw new UsageException("say the limits with --limits");
        }
        return body;
    }

    private static JsonNode change(Arguments given, ObjectNode body) throws AskException {
        return send(given, "PATCH", path(given), Optional.of(body.toString()));
    }

    private static JsonNode send(Arguments given, String method, String path, Optional<String> body)
            throws AskException {
        return Administration.client(given).send(method, path, body);
    }

    private static String path(Arguments given) {
        return TENANTS + "/" + ServiceClient.segment(id(given));
    }

    private static String id(Arguments given) {
        requireWords(given, 1);
        return given.words().get(1);
    }

    private static void requireWords(Arguments given, int behind) {
        if (Math.max(0, given.words().size() - 1) != behind) {
            throw new UsageException(behind == 0 ? "list names no tenant" : "name one tenant");
        }
    }

    private static String text(JsonNode answer) {
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode tenant : answer.has("data") ? answer.path("data") : List.of(answer)) {
            rows.add(
                    List.of(
                            tenant.path("id").asText(),
                            tenant.path("state").asText(),
                            tenant.path("created").asText(),
                            LimitList.text(tenant.path("limits")),
                            tenant.path("name").asText()));
        }
        return Columns.of(List.of("ID", "STATE", "CREATED", "LIMITS", "NAME"), rows);
    }
}
