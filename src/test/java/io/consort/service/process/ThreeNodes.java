package io.consort.service.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.service.stage.Client;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Three services in processes of their own that share a PostgreSQL server and are one cluster. */
final class ThreeNodes implements AutoCloseable {

    static final int COUNT = 3;

    private final Path folder;
    private final int upstream;
    private final int databasePort = ServiceProcess.freePort();
    private final List<Integer> clusterPorts = new ArrayList<>();
    private final List<ServiceProcess> nodes = new ArrayList<>();
    private EmbeddedPostgres database;

    private ThreeNodes(Path folder, int upstream) throws IOException {
        this.folder = folder;
        this.upstream = upstream;
        for (int i = 0; i < COUNT; i++) {
            clusterPorts.add(ServiceProcess.freePort());
        }
        this.database = openDatabase();
    }

    /** Starts them; blocks until all answer and see each other. */
    static ThreeNodes start(Path folder, int upstream) throws IOException, InterruptedException {
        ThreeNodes three = new ThreeNodes(folder, upstream);
        try {
            for (int i = 0; i < COUNT; i++) {
                Path data = Files.createDirectories(three.folder(i).resolve("data"));
                for (String secret : i == 0 ? List.<String>of() : List.of("pepper", "master-key")) {
                    Files.copy(
                            three.folder(0).resolve("data").resolve(secret), data.resolve(secret));
                }
                three.nodes.add(three.startNode(i));
            }
            three.awaitEverywhere("\"nodes\": 3");
        } catch (IOException | InterruptedException | RuntimeException failure) {
            three.close();
            throw failure;
        }
        return three;
    }

    /** A client of each node, with the first key. */
    List<Client> clients() {
        String key = nodes.getFirst().key();
        return nodes.stream().map(node -> Client.of(node.address(), key)).toList();
    }

    /** Ends a node as {@code kill -9} does. */
    void kill(int node) {
        nodes.get(node).kill();
    }

    /** Starts a node anew on its folder; blocks until it answers. */
    void restart(int node) throws IOException, InterruptedException {
        nodes.set(node, startNode(node));
    }

    void stopDatabase() throws IOException {
        database.close();
    }

    void startDatabase() throws IOException {
        database = openDatabase();
    }

    /** Waits until the readiness of every node says this. */
    void awaitEverywhere(String text) {
        for (ServiceProcess node : nodes) {
            Client client = Client.of(node.address(), "");
            await(text, () -> client.get("/q/health/ready").body().contains(text));
        }
    }

    /** Adds an expert at one node, and says how long it takes until every node has it. */
    Duration changeCatalog(String expert) {
        List<Client> clients = clients();
        Client first = clients.getFirst();
        String tag = first.get("/admin/v1/catalog").header("etag");
        long begun = System.nanoTime();
        Client.Reply made =
                first.send(
                        first.to("/admin/v1/experts/" + expert)
                                .header("content-type", "application/json")
                                .header("if-match", tag)
                                .PUT(
                                        BodyPublishers.ofString(
                                                "{\"openai\":{\"base-url\":\"http://127.0.0.1:%d/v1\",\"model\":\"plain\"}}"
                                                        .formatted(upstream))));
        assertThat(made.status()).as(made.body()).isBetween(200, 201);
        for (Client client : clients) {
            await(expert, () -> client.get("/v1/models").body().contains("\"" + expert + "\""));
        }
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /** Asks all nodes to end, and waits for them. */
    void terminate() throws InterruptedException {
        nodes.forEach(ServiceProcess::terminate);
        for (ServiceProcess node : nodes) {
            assertThat(node.hasEndedWithin(60)).isTrue();
        }
    }

    /** Every decision of the books, and the tokens of its prompt. */
    Map<Long, Long> recorded() throws SQLException {
        Map<Long, Long> prompts = new HashMap<>();
        try (Connection connection = database.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("select id, prompt_tokens from decisions")) {
            while (rows.next()) {
                prompts.put(rows.getLong(1), rows.getLong(2));
            }
        }
        return prompts;
    }

    @Override
    public void close() {
        nodes.forEach(ServiceProcess::close);
        try {
            database.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private EmbeddedPostgres openDatabase() throws IOException {
        return EmbeddedPostgres.builder()
                .setPort(databasePort)
                .setDataDirectory(folder.resolve("postgres"))
                .setCleanDataDirectory(false)
                .start();
    }

    private Path folder(int node) {
        return folder.resolve("node-" + node);
    }

    private ServiceProcess startNode(int node) throws IOException, InterruptedException {
        String members =
                String.join(",", clusterPorts.stream().map(port -> "127.0.0.1:" + port).toList());
        return ServiceProcess.start(
                folder(node),
                upstream,
                List.of(
                        "-Dconsort.database.url=jdbc:postgresql://127.0.0.1:%d/postgres"
                                .formatted(databasePort),
                        "-Dconsort.database.user=postgres",
                        "-Dconsort.database.password=postgres",
                        "-Dconsort.cluster.enabled=true",
                        "-Dconsort.cluster.members=" + members,
                        "-Dconsort.cluster.port=" + clusterPorts.get(node)));
    }

    private static void await(String what, BooleanSupplier reached) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!reached.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time: " + what).isLessThan(deadline);
        }
    }
}
