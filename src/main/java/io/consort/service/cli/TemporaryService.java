package io.consort.service.cli;

import io.consort.service.ScriptedService;
import io.consort.service.store.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** A service in a process of its own, for as long as a command needs one. */
final class TemporaryService implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final ScriptedService service;
    private final TrainingClient client;

    private TemporaryService(ScriptedService service, TrainingClient client) {
        this.service = service;
        this.client = client;
    }

    /**
     * Starts one; blocks until it answers.
     *
     * @throws AskException with the service's log when it does not start
     */
    static TemporaryService start(Path catalog, DataFolder data) throws AskException, IOException {
        Path script = script();
        Path log = Files.createTempFile("consort-serve", ".log");
        ScriptedService service;
        try {
            service =
                    ScriptedService.start(
                            new ScriptedService.Plan(script, data.path(), catalog, log, Map.of()),
                            PATIENCE);
        } catch (IOException failure) {
            throw new AskException(Causes.deepest(failure));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new AskException("Interrupted");
        } finally {
            Files.deleteIfExists(log);
        }
        Optional<String> key = data.firstKey();
        if (key.isEmpty()) {
            service.close();
            throw new AskException(
                    "There is no key to teach the router with: write one with the role admin into %s"
                            .formatted(data.firstKeyFile()));
        }
        return new TemporaryService(
                service, new TrainingClient(new ServiceClient(service.url(), key.get())));
    }

    TrainingClient client() {
        return client;
    }

    @Override
    public void close() {
        service.close();
    }

    private static Path script() throws AskException {
        Path home = Path.of(System.getProperty("consort.home", "."));
        Path script = home.resolve("consort").toAbsolutePath().normalize();
        if (!Files.isExecutable(script)) {
            throw new AskException(
                    "There is no script %s that could start a service; start one with `consort serve`"
                            .formatted(script));
        }
        return script;
    }
}
