package io.consort.service.chaos.cluster;

import io.consort.service.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A PostgreSQL server of our own, from the programs that are installed here. */
public final class LocalPostgres implements DatabaseServer {

    private static final long PATIENCE_SECONDS = 60;

    private final List<String> before;
    private final Path control;
    private final Path folder;
    private final int port;
    private final AtExit end = AtExit.run(this::end);

    private LocalPostgres(List<String> before, Path control, Path folder, int port) {
        this.before = before;
        this.control = control;
        this.folder = folder;
        this.port = port;
    }

    /**
     * Makes an empty one in a folder and starts it.
     *
     * @throws IOException saying what to do when that is impossible
     */
    public static LocalPostgres start(Path folder) throws IOException, InterruptedException {
        Optional<Path> initialiser = Programs.find("initdb");
        Optional<Path> control = Programs.find("pg_ctl");
        if (initialiser.isEmpty() || control.isEmpty()) {
            throw new IOException(
                    "There is no PostgreSQL here: install it (Debian and Ubuntu: apt-get install postgresql; macOS: brew install postgresql@17), or name a server with --database");
        }
        LocalPostgres server =
                new LocalPostgres(
                        asNobody(),
                        control.get(),
                        Files.createDirectories(folder),
                        FreePort.onLoopback());
        server.run(
                initialiser.get().toString(),
                "-D",
                server.data(),
                "-U",
                "postgres",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale=C",
                "--no-sync");
        server.start();
        return server;
    }

    @Override
    public DatabaseAccess access() {
        return new DatabaseAccess(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                "/postgres",
                Optional.of("postgres"),
                Optional.empty());
    }

    @Override
    public boolean isOurs() {
        return true;
    }

    @Override
    public void start() throws IOException, InterruptedException {
        run(
                control.toString(),
                "-D",
                data(),
                "-l",
                folder.resolve("server.log").toString(),
                "-o",
                "-p %d -h 127.0.0.1 -c unix_socket_directories= -c fsync=off".formatted(port),
                "-w",
                "start");
    }

    /** Stops it without waiting for those who are connected, as a crash does. */
    @Override
    public void stop() throws IOException, InterruptedException {
        run(control.toString(), "-D", data(), "-m", "immediate", "-w", "stop");
    }

    @Override
    public void close() {
        end.close();
        end();
    }

    private void end() {
        if (!Files.exists(Path.of(data(), "postmaster.pid"))) {
            return;
        }
        try {
            stop();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private void run(String... command) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(before);
        all.addAll(List.of(command));
        Path log = folder.resolve("programs.log");
        Process process =
                new ProcessBuilder(all)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .start();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        if (process.waitFor() != 0) {
            throw new IOException(
                    "PostgreSQL does not work here (%s); name a server with --database, or run as another user:%n%s"
                            .formatted(String.join(" ", all), Files.readString(log)));
        }
    }

    /** PostgreSQL refuses to run as root, unless root is hidden in a user namespace. */
    private static List<String> asNobody() {
        return "root".equals(System.getProperty("user.name"))
                ? Programs.find("unshare")
                        .map(tool -> List.of(tool.toString(), "-U"))
                        .orElse(List.of())
                : List.of();
    }
}
