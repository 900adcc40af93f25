package io.consort.service.process;

import io.consort.service.chaos.cluster.DatabaseAccess;
import io.consort.service.chaos.cluster.DatabaseServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;

/** A PostgreSQL server from the binaries that come with the tests. */
final class TestPostgres implements DatabaseServer {

    private final Path folder;
    private final int port;
    private EmbeddedPostgres running;

    private TestPostgres(Path folder, EmbeddedPostgres running) {
        this.folder = folder;
        this.port = running.getPort();
        this.running = running;
    }

    static TestPostgres start(Path folder) throws IOException {
        return new TestPostgres(folder, open(folder, 0));
    }

    @Override
    public DatabaseAccess access() {
        return new DatabaseAccess(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                "/postgres",
                Optional.of("postgres"),
                Optional.of("postgres"));
    }

    @Override
    public boolean isOurs() {
        return true;
    }

    @Override
    public void stop() throws IOException {
        running.close();
    }

    @Override
    public void start() throws IOException {
        running = open(folder, port);
    }

    @Override
    public void close() throws IOException {
        running.close();
    }

    private static EmbeddedPostgres open(Path folder, int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(folder)
                .setCleanDataDirectory(false)
                .start();
    }
}
