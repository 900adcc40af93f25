package io.consort.service.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A temporary folder and the processes that run in it. Closing it, or the end of this process, ends
 * those processes and removes the folder.
 */
final class Workplace implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 10;

    private final Path folder;
    private final Deque<Process> processes = new ArrayDeque<>();
    private final Thread hook = Thread.ofPlatform().unstarted(this::clear);

    private Workplace(Path folder) {
        this.folder = folder;
    }

    static Workplace open() {
        try {
            Workplace workplace = new Workplace(Files.createTempDirectory("consort-bench"));
            Runtime.getRuntime().addShutdownHook(workplace.hook);
            return workplace;
        } catch (IOException failure) {
            throw new UncheckedIOException("no temporary folder can be made", failure);
        }
    }

    Path folder() {
        return folder;
    }

    /** Starts a process that writes its output into a file of the folder. */
    synchronized Process start(List<String> command, Path log) {
        try {
            Process process =
                    new ProcessBuilder(command)
                            .directory(folder.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start();
            processes.push(process);
            return process;
        } catch (IOException failure) {
            throw new BenchException(
                    "%s cannot be started: %s".formatted(command.getFirst(), failure.getMessage()),
                    failure);
        }
    }

    /** A port of the loopback interface that nothing listened on a moment ago. */
    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new UncheckedIOException("no port is free", failure);
        }
    }

    @Override
    public void close() {
        clear();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // the hook runs already
        }
    }

    private synchronized void clear() {
        while (!processes.isEmpty()) {
            end(processes.pop());
        }
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("%s cannot be removed".formatted(folder), failure);
        }
    }

    private static void end(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
