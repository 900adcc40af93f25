package io.consort.runtime.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * An engine in a process of its own: a Java source file that is run with the peers' libraries. It
 * reads a line for each figure, {@code decode N} or {@code prefill}, and answers with a line of
 * {@code =} and the tokens per second; other lines are its own talk. The first answer says that the
 * model is loaded, or, behind {@code !}, why it cannot be.
 */
final class PeerProcess implements Contender {

    private static final int PATIENCE_SECONDS = 5;

    private final String program;
    private final Process process;
    private final BufferedReader answers;
    private final PrintStream questions;

    private PeerProcess(String program, Process process) {
        this.program = program;
        this.process = process;
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

    /** Starts a peer and waits until it has loaded a model. */
    static PeerProcess start(Path folder, String program, Path model, int threads, int milliseconds)
            throws Failure {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        ProcessBuilder builder =
                new ProcessBuilder(
                        java.toString(),
                        "--add-modules=jdk.incubator.vector",
                        "--enable-native-access=ALL-UNNAMED",
                        "--class-path=" + folder.resolve("target/libraries") + "/*",
                        folder.resolve(program + ".java").toString(),
                        model.toString(),
                        Integer.toString(threads),
                        Integer.toString(milliseconds));
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        try {
            PeerProcess peer = new PeerProcess(program, builder.start());
            try {
                peer.answer();
                return peer;
            } catch (Failure e) {
                peer.close();
                throw e;
            }
        } catch (IOException e) {
            throw new Failure("it cannot be started: " + e.getMessage());
        }
    }

    @Override
    public String name() {
        return program;
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

    /** Ends the process. */
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
    }
}
