package io.consort.runtime.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * An engine in a process of its own: a Java source file that is run with the peers' libraries. It
 * reads a line for each figure, {@code decode N} or {@code prefill}, and answers with a line of
 * {@code =} and the tokens per second; other lines are its own talk. The first answer says that the
 * model is loaded, or, behind {@code !}, why it cannot be.
 */
final class PeerProcess implements Contender {

    private static final int PATIENCE_SECONDS = 5;
    private static final String MEMORY = "8g";

    private final String name;
    private final Consumer<String> notes;
    private final Process process;
    private final Thread interruption;
    private final BufferedReader answers;
    private final PrintStream questions;

    private PeerProcess(String name, Process process, Consumer<String> notes) {
        this.name = name;
        this.notes = notes;
        this.process = process;
        this.interruption = new Thread(process::destroyForcibly, name);
        Runtime.getRuntime().addShutdownHook(interruption);
        this.answers = process.inputReader(UTF_8);
        this.questions = new PrintStream(process.getOutputStream(), true, UTF_8);
    }

    /** A peer that does not run here. */
    static final class Failure extends Exception {

        private static final long serialVersionUID = 1;

        Failure(String message) {
            super(message);
        }
    }

    /**
     * Starts a peer and waits until it has loaded a model.
     *
     * @param notes is told what the peer cannot do
     */
    static PeerProcess start(
            Path folder,
            Peers.Peer peer,
            Path model,
            int threads,
            int milliseconds,
            Consumer<String> notes)
            throws Failure {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        ProcessBuilder builder =
                new ProcessBuilder(
                        java.toString(),
                        "--add-modules=jdk.incubator.vector",
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:MaxDirectMemorySize=" + MEMORY,
                        "--class-path=" + folder.resolve("target/libraries") + "/*",
                        folder.resolve(peer.program() + ".java").toString(),
                        model.toString(),
                        Integer.toString(threads),
                        Integer.toString(milliseconds));
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        try {
            PeerProcess process = new PeerProcess(peer.name(), builder.start(), notes);
            try {
                process.answer();
                return process;
            } catch (Failure e) {
                process.close();
                throw e;
            }
        } catch (IOException e) {
            throw new Failure("it cannot be started: " + e.getMessage());
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public double decode(int sequences) {
        return ask("decode " + sequences);
    }

    @Override
    public double prefill() {
        return ask("prefill");
    }

    private double ask(String question) {
        questions.println(question);
        try {
            return Double.parseDouble(answer());
        } catch (Failure e) {
            notes.accept("%s, %s: n/a, as %s".formatted(name, question, e.getMessage()));
            return Double.NaN;
        }
    }

    private String answer() throws Failure {
        try {
            for (String line = answers.readLine(); line != null; line = answers.readLine()) {
                if (line.startsWith("=")) {
                    return line.substring(1).strip();
                }
                if (line.startsWith("!")) {
                    throw new Failure(line.substring(1).strip());
                }
            }
        } catch (IOException e) {
            throw new Failure("it cannot be read: " + e.getMessage());
        }
        throw new Failure("it ended before it answered");
    }

    /** Ends the process, which an interruption of this program ends as well. */
    @Override
    public void close() {
        questions.close();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        ShutdownHooks.remove(interruption);
    }
}
