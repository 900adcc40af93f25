package io.consort.service.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A gateway of its own process, started as users start it, with the stub as its only expert. */
final class GatewayServer {

    private GatewayServer() {}

    /** Starts it and returns when it answers; requests name the policy that pins the stub. */
    static Target start(Workplace workplace, Cores cores, int stubPort) {
        Path data = workplace.folder().resolve("data");
        Path catalog = workplace.folder().resolve("catalog.yaml");
        Path log = workplace.folder().resolve("gateway.log");
        try {
            Files.writeString(catalog, BenchCatalog.yaml(stubPort));
        } catch (IOException failure) {
            throw new UncheckedIOException("the catalog cannot be written", failure);
        }
        int port = Workplace.freePort();
        List<String> command =
                List.of(
                        home().resolve("consort").toString(),
                        "serve",
                        "--host",
                        "127.0.0.1",
                        "--port",
                        Integer.toString(port),
                        "--data",
                        data.toString(),
                        "--catalog",
                        catalog.toString());
        Process process = workplace.start(cores.onServerCore(command), log);
        Path keyFile = data.resolve("first-key");
        Startup.await(
                "the gateway",
                process,
                log,
                () ->
                        key(keyFile)
                                .map(key -> Startup.status(port, "/v1/models", key) == 200)
                                .orElse(false));
        return new Target(Target.GATEWAY, port, key(keyFile).orElseThrow(), BenchCatalog.PINNED);
    }

    private static Path home() {
        return Optional.ofNullable(System.getProperty("consort.home"))
                .map(Path::of)
                .orElseThrow(() ->
                        new BenchException(
                                "the folder of the `consort` script is not known; run"
                                        + " `./consort bench gateway`"));
    }

    private static Optional<String> key(Path file) {
        try {
            return Files.exists(file)
                    ? Optional.of(Files.readString(file).strip())
                    : Optional.empty();
        } catch (IOException notYet) {
            return Optional.empty();
        }
    }
}
