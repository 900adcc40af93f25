package io.consort.service.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.consort.service.stage.Client;
import io.consort.service.stage.Stage;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The dashboard beside the documentation, held against the metrics that there are. */
@QuarkusTest
@QuarkusTestResource(Stage.class)
@Timeout(120)
class DashboardTest {

    private static final Path FILE =
            Path.of(System.getProperty("consort.root"), "docs/grafana/consort.json");
    private static final Set<String> FUNCTIONS =
            Set.of("sum", "rate", "by", "histogram_quantile", "label_values");
    private static final Pattern SELECTOR = Pattern.compile("([a-z_:][a-z0-9_:]*)\\{([^}]*)\\}");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)(?:=~|!~|!=|=)\"");
    private static final Pattern GROUPING = Pattern.compile("by \\(([^)]*)\\)");
    private static final Pattern NAME = Pattern.compile("(?<![$\\w])[a-z_:][a-z0-9_:]*");

    @TestHTTPResource("/")
    private URI service = URI.create("http://127.0.0.1");

    @Test
    void everyMetricAndLabelOfTheDashboardExists() throws Exception {
        Client client = Client.of(service);
        client.post("/v1/chat/completions", Client.chat("plain", "x", ""));
        client.post(
                "/v1/chat/completions",
                Client.chat(
                        "plain",
                        "x",
                        ",\"stream\":true,\"stream_options\":{\"include_usage\":true}"));
        Map<String, Set<String>> metrics = metrics(page(client));
        List<String> queries = queries();
        assertThat(queries).hasSizeGreaterThan(15);
        for (String query : queries) {
            Set<String> named = names(query);
            assertThat(named).as(query).isNotEmpty().isSubsetOf(metrics.keySet());
            Set<String> known = new HashSet<>();
            named.forEach(name -> known.addAll(metrics.getOrDefault(name, Set.of())));
            assertThat(labels(query)).as(query).isSubsetOf(known);
        }
    }

    @Test
    void whatIsNoMetricIsFound() {
        assertThat(names("sum by (le) (rate(no_such_total{tenant=~\"$tenant\"}[5m])) * 3600"))
                .containsExactly("no_such_total");
        assertThat(labels("sum by (le, expert) (rate(x_total{tenant=~\"$t\"}[5m]))"))
                .containsExactlyInAnyOrder("le", "expert", "tenant");
    }

    /** The metrics, once there was a collection, which brings metrics of its own. */
    private static String page(Client client) throws InterruptedException {
        System.gc();
        String page = client.get("/q/metrics").body();
        for (int tries = 0; tries < 300 && !page.contains("jvm_gc_pause"); tries++) {
            Thread.sleep(50);
            page = client.get("/q/metrics").body();
        }
        return page;
    }

    private static List<String> queries() throws IOException {
        JsonNode dashboard = Client.parse(Files.readString(FILE));
        List<String> queries = new ArrayList<>();
        for (JsonNode panel : dashboard.path("panels")) {
            panel.path("targets").forEach(target -> queries.add(target.path("expr").asText()));
        }
        return queries;
    }

    /** Names of metrics in a query, without functions, labels and what stands in brackets. */
    private static Set<String> names(String query) {
        String bare =
                GROUPING.matcher(query)
                        .replaceAll("")
                        .replaceAll("\\{[^}]*\\}", "")
                        .replaceAll("\\[[^\\]]*\\]", "");
        Set<String> names = new HashSet<>();
        NAME.matcher(bare).results().map(found -> found.group()).forEach(names::add);
        names.removeAll(FUNCTIONS);
        return names;
    }

    private static Set<String> labels(String query) {
        Set<String> labels = new HashSet<>();
        Matcher selectors = SELECTOR.matcher(query);
        while (selectors.find()) {
            LABEL.matcher(selectors.group(2))
                    .results()
                    .map(found -> found.group(1))
                    .forEach(labels::add);
        }
        GROUPING.matcher(query)
                .results()
                .flatMap(found -> Pattern.compile(", *").splitAsStream(found.group(1)))
                .forEach(labels::add);
        return labels;
    }

    /** The labels of each metric of a page of metrics. */
    private static Map<String, Set<String>> metrics(String page) {
        Map<String, Set<String>> metrics = new HashMap<>();
        page.lines()
                .filter(line -> !line.startsWith("#"))
                .forEach(line -> {
                    int brace = line.indexOf('{');
                    String name = line.substring(0, brace < 0 ? line.indexOf(' ') : brace);
                    Set<String> labels = metrics.computeIfAbsent(name, _ -> new HashSet<>());
                    if (brace >= 0) {
                        LABEL.matcher(line.substring(brace))
                                .results()
                                .map(found -> found.group(1))
                                .forEach(labels::add);
                    }
                });
        return metrics;
    }
}
