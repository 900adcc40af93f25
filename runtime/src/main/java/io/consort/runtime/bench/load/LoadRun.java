package io.consort.runtime.bench.load;

import io.consort.runtime.backend.cpu.CpuBackend;
import io.consort.runtime.engine.Engine;
import io.consort.runtime.engine.EngineSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Keeps streams busy on several models for a while. */
final class LoadRun {

    private static final int INTERVALS = 12;

    private LoadRun() {}

    /**
     * Runs.
     *
     * @param warmUp seconds of load before anything is counted
     */
    static LoadResult of(EngineBenchArguments arguments, int warmUp, PrintStream err) {
        EngineSettings settings = EngineSettings.DEFAULT;
        try (CpuBackend backend = new CpuBackend(arguments.threads(), Long.MAX_VALUE);
                Engine engine = Engine.start("load", settings)) {
            List<LoadModel> models = new ArrayList<>();
            try {
                for (Path folder : arguments.models()) {
                    err.println("asking %s alone".formatted(folder.getFileName()));
                    models.add(new LoadModel(folder, backend, engine));
                }
                return load(arguments, warmUp, engine, models, err);
            } finally {
                models.forEach(LoadModel::close);
            }
        }
    }

    private static LoadResult load(
            EngineBenchArguments arguments,
            int warmUp,
            Engine engine,
            List<LoadModel> models,
            PrintStream err) {
        CountDownLatch stopped = new CountDownLatch(arguments.streams());
        List<LoadStream> streams = new ArrayList<>();
        for (int i = 0; i < arguments.streams(); i++) {
            streams.add(new LoadStream(engine, models.get(i % models.size()), i, stopped));
        }
        err.println(
                "%d streams: %d s of warm-up, then %d s"
                        .formatted(streams.size(), warmUp, arguments.seconds()));
        streams.forEach(LoadStream::ask);
        await(stopped, warmUp * 1_000L);
        // What was loaded moves to where the collector leaves it alone, as it does once in a
        // service.
        System.gc();
        streams.forEach(LoadStream::count);
        long begin = System.nanoTime();
        List<Long> resident = new ArrayList<>();
        for (int i = 0; i < INTERVALS; i++) {
            await(stopped, arguments.seconds() * 1_000L / INTERVALS);
            resident.add(residentMegabytes());
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        streams.forEach(LoadStream::stop);
        await(stopped, TimeUnit.MINUTES.toMillis(1));
        return LoadResult.of(streams, seconds, resident);
    }

    private static void await(CountDownLatch latch, long milliseconds) {
        try {
            var _ = latch.await(milliseconds, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Memory of this process that is in use, as Linux counts it; the heap's elsewhere. */
    private static long residentMegabytes() {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return Runtime.getRuntime().totalMemory() >> 20;
        }
        try {
            return Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) >> 10)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
