package io.consort.service.chaos.cluster;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged service in a process of its own. */
final class NodeProcess {

    private static final long START_SECONDS = 180;
    private static final long END_SECONDS = 60;
    private static final int SHOWN_LINES = 20;

    private final Plan plan;
    private final Process process;
    private final AtExit end;

    /**
     * How it is started.
     *
     * @param home the folder with the packaged service
     * @param folder for its data, its catalog's file and its log
     * @param options of the Java machine
     * @param environment variables besides those of this process
     */
    record Plan(
            Path home,
            Path folder,
            int port,
            String catalog,
            List<String> options,
            Map<String, String> environment) {

        URI address() {
            return URI.create("http://127.0.0.1:" + port);
        }

        Path log() {
            return folder.resolve("log");
        }
    }

    private NodeProcess(Plan plan, Process process) {
        this.plan = plan;
        this.process = process;
        this.end = AtExit.run(process::destroyForcibly);
    }

    /** Starts it and does not wait. */
    static NodeProcess begin(Plan plan) throws IOException {
        Path jar = plan.home().resolve("src/target/quarkus-app/quarkus-run.jar");
        if (!Files.exists(jar)) {
            throw new IOException("%s is missing; `./consort build` makes it".formatted(jar));
        }
        Files.createDirectories(plan.folder());
        Path catalog = Files.writeString(plan.folder().resolve("catalog.yaml"), plan.catalog());
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--add-modules",
                                "jdk.incubator.vector",
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-XX:+UseParallelGC",
                                "-Xmx384m"));
        command.addAll(plan.options());
        command.addAll(
                List.of(
                        "-jar",
                        jar.toString(),
                        "serve",
                        "--port",
                        Integer.toString(plan.port()),
                        "--data",
                        plan.folder().resolve("data").toString(),
                        "--catalog",
                        catalog.toString()));
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(plan.log().toFile()));
        builder.environment().putAll(plan.environment());
        return new NodeProcess(plan, builder.start());
    }

    URI address() {
        return plan.address();
    }

    /**
     * Waits until it answers.
     *
     * @throws IOException with its log when it does not
     */
    void awaitReady(Calls calls) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!calls.isReady(address())) {
            if (process.waitFor(100, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
                kill();
                throw new IOException(
                        "A node does not start; the end of %s:%n%s"
                                .formatted(plan.log(), lastLines()));
            }
        }
    }

    private String lastLines() throws IOException {
        List<String> lines = Files.readAllLines(plan.log());
        return String.join(
                System.lineSeparator(),
                lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()));
    }

    /** Its first key; only of the node that made it. */
    String key() throws IOException {
        return Files.readString(plan.folder().resolve("data/first-key")).strip();
    }

    /** Ends it as {@code kill -9} does. */
    void kill() {
        process.destroyForcibly().onExit().join();
        end.close();
    }

    /**
     * Asks it to end, as {@code kill} does, waits until it has, and kills it when it takes too long.
     *
     * @return whether it ended by itself
     */
    boolean terminate() throws InterruptedException {
        process.destroy();
        boolean ended = process.waitFor(END_SECONDS, TimeUnit.SECONDS);
        kill();
        return ended;
    }
}
