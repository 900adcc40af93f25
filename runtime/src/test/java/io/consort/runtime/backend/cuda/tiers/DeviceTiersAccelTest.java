package io.consort.runtime.backend.cuda.tiers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consort.runtime.backend.cuda.Accelerator;
import io.consort.runtime.backend.cuda.driver.Context;
import io.consort.runtime.backend.cuda.driver.CudaException;
import io.consort.runtime.backend.cuda.driver.DeviceMemory;
import io.consort.runtime.backend.cuda.driver.Graph;
import io.consort.runtime.backend.cuda.driver.GraphExec;
import io.consort.runtime.backend.cuda.driver.PinnedMemory;
import io.consort.runtime.backend.cuda.driver.Stream;
import io.consort.runtime.tiers.Alarm;
import io.consort.runtime.tiers.Lease;
import io.consort.runtime.tiers.LinkSpeeds;
import io.consort.runtime.tiers.Tier;
import io.consort.runtime.tiers.TierException;
import io.consort.runtime.tiers.TierSettings;
import io.consort.runtime.tiers.Tiers;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceTiersAccelTest {

    private static final long PAGE = 2L << 20;
    private static final int LAYERS = 5;
    private static final DeviceTiers.Room ROOM =
            new DeviceTiers.Room(48 * PAGE, 64 * PAGE, PAGE, 1L << 20, 4);

    @TempDir Path folder = Path.of("");

    private final Map<String, byte[]> weights = new HashMap<>();

    /** An expert of random weights whose layers end anywhere. */
    private long register(DeviceTiers mover, String name, int seed) throws IOException {
        Random random = new Random(seed);
        byte[] bytes = new byte[(int) (3 * PAGE) + random.nextInt((int) (9 * PAGE))];
        random.nextBytes(bytes);
        weights.put(name, bytes);
        Path file = Files.write(folder.resolve(name), bytes);
        List<Long> ends =
                LongStream.rangeClosed(1, LAYERS)
                        .map(i -> i == LAYERS ? bytes.length : bytes.length / LAYERS * i + 13 * i)
                        .boxed()
                        .toList();
        return mover.register(name, WeightImage.of(file, 0, ends));
    }

    private static Tiers tiers(DeviceTiers mover, Alarm alarm) {
        TierSettings settings =
                TierSettings.of(ROOM.deviceBytes(), ROOM.pinnedBytes(), new LinkSpeeds(50e9, 8e9));
        return new Tiers(settings, mover, alarm, System::nanoTime);
    }

    /** Reads an expert's weights back as a computation would read them: layer by layer, as they arrive. */
    private static void readBack(
            DeviceTiers mover, String expert, Stream stream, PinnedMemory host) {
        Arrival arrival = mover.arrival(expert).orElseThrow();
        for (int layer = 0; layer < arrival.layers(); layer++) {
            arrival.awaitLayer(layer, stream);
        }
        stream.copyToHost(host.segment(), mover.address(expert));
        stream.synchronize();
    }

    @Test
    void manyThreadsGetTheRightWeightsFromAPoolThatDoesNotHoldThemAll() throws Exception {
        try (Context context = Accelerator.openDriver();
                Alarm alarm = Alarm.ofThread();
                DeviceTiers mover = new DeviceTiers(context, ROOM);
                Tiers tiers = tiers(mover, alarm)) {
            long all = 0;
            for (int i = 0; i < 16; i++) {
                long bytes = register(mover, "e" + i, i);
                tiers.register("e" + i, bytes);
                all += bytes;
            }
            assertThat(all).isGreaterThan(ROOM.deviceBytes());
            ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                Random random = new Random(100 + i);
                threads.add(
                        Thread.ofPlatform()
                                .uncaughtExceptionHandler(
                                        (thread, failure) -> failures.add(failure))
                                .start(() -> ask(context, mover, tiers, random)));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(failures).isEmpty();
        }
    }

    private void ask(Context context, DeviceTiers mover, Tiers tiers, Random random) {
        context.makeCurrent();
        try (Stream stream = Stream.create(context, Stream.Priority.HIGH)) {
            for (int i = 0; i < 60; i++) {
                String expert = "e" + random.nextInt(16);
                byte[] expected = weights.getOrDefault(expert, new byte[0]);
                tiers.foresee("e" + random.nextInt(16), 0.3);
                try (Lease lease = tiers.acquire(expert).join();
                        PinnedMemory host = PinnedMemory.allocate(context, expected.length)) {
                    readBack(mover, lease.expert(), stream, host);
                    assertThat(host.segment().mismatch(MemorySegment.ofArray(expected)))
                            .as(expert)
                            .isEqualTo(-1);
                }
            }
        }
    }

    @Test
    void aGraphCapturedOnAnExpertOutlivesItsEviction() throws IOException {
        try (Context context = Accelerator.openDriver();
                Alarm alarm = Alarm.ofThread();
                DeviceTiers mover = new DeviceTiers(context, ROOM);
                Tiers tiers = tiers(mover, alarm);
                Stream stream = Stream.create(context, Stream.Priority.HIGH)) {
            tiers.register("one", register(mover, "one", 1));
            int size = weights.getOrDefault("one", new byte[0]).length;
            try (PinnedMemory host = PinnedMemory.allocate(context, size)) {
                wholly(mover, tiers, "one", stream);
                GraphExec exec;
                try (Lease lease = tiers.acquire("one").join();
                        Graph graph =
                                stream.capture(() ->
                                        stream.copyToHost(
                                                host.segment(), mover.address(lease.expert())))) {
                    exec = graph.instantiate();
                }
                byte[] expected = weights.getOrDefault("one", new byte[0]);
                try (exec) {
                    tiers.register("all", ROOM.deviceBytes());
                    registerWhole(mover, "all");
                    tiers.acquire("all").join().close();
                    assertThat(tiers.residency().of("one").orElseThrow().tier())
                            .isNotEqualTo(Tier.DEVICE);
                    try (Lease lease = tiers.acquire("one").join()) {
                        mover.arrival(lease.expert()).orElseThrow().awaitLayer(LAYERS - 1, stream);
                        exec.launch(stream);
                        stream.synchronize();
                    }
                }
                assertThat(host.segment().mismatch(MemorySegment.ofArray(expected))).isEqualTo(-1);
            }
        }
    }

    private void registerWhole(DeviceTiers mover, String name) throws IOException {
        byte[] bytes = new byte[(int) ROOM.deviceBytes()];
        Arrays.fill(bytes, (byte) 3);
        Path file = Files.write(folder.resolve(name), bytes);
        mover.register(name, WeightImage.of(file, 0, List.of((long) bytes.length)));
    }

    @Test
    void aFileThatIsTooShortFailsItsExpertAndNoOther() throws IOException {
        try (Context context = Accelerator.openDriver();
                Alarm alarm = Alarm.ofThread();
                DeviceTiers mover = new DeviceTiers(context, ROOM);
                Tiers tiers = tiers(mover, alarm);
                Stream stream = Stream.create(context, Stream.Priority.HIGH)) {
            tiers.register("good", register(mover, "good", 1));
            tiers.register("bad", register(mover, "bad", 2));
            Files.write(folder.resolve("bad"), new byte[1000]);
            try (Lease lease = tiers.acquire("bad").join()) {
                Arrival arrival = mover.arrival(lease.expert()).orElseThrow();
                assertThatThrownBy(() -> arrival.awaitLayer(LAYERS - 1, stream))
                        .isInstanceOf(TierException.class)
                        .hasRootCauseMessage(
                                "%s ends %,d bytes early; fetch the file again"
                                        .formatted(folder.resolve("bad"), (1L << 20) - 1000));
            } catch (CompletionException refused) {
                assertThat(refused).hasCauseInstanceOf(TierException.class);
            }
            byte[] expected = weights.getOrDefault("good", new byte[0]);
            try (Lease lease = tiers.acquire("good").join();
                    PinnedMemory host = PinnedMemory.allocate(context, expected.length)) {
                readBack(mover, lease.expert(), stream, host);
                assertThat(host.segment().mismatch(MemorySegment.ofArray(expected))).isEqualTo(-1);
            }
        }
    }

    @Test
    void aDeviceWithoutMemoryLeftRefusesAnExpertAndTakesItLater() throws IOException {
        try (Context context = Accelerator.openDriver();
                Alarm alarm = Alarm.ofThread();
                DeviceTiers mover = new DeviceTiers(context, ROOM);
                Tiers tiers = tiers(mover, alarm);
                Stream stream = Stream.create(context, Stream.Priority.HIGH)) {
            tiers.register("one", register(mover, "one", 1));
            try (DeviceMemory others =
                    DeviceMemory.allocate(context, context.freeBytes() - (4L << 20))) {
                assertThat(others.bytes()).isPositive();
                assertThatThrownBy(() -> wholly(mover, tiers, "one", stream))
                        .satisfiesAnyOf(
                                failure ->
                                        assertThat(failure)
                                                .hasRootCauseInstanceOf(CudaException.class),
                                failure ->
                                        assertThat(failure)
                                                .hasStackTraceContaining(
                                                        "CUDA_ERROR_OUT_OF_MEMORY"));
            }
            wholly(mover, tiers, "one", stream);
        }
    }

    /** Leases an expert and waits for all of its layers. */
    private static void wholly(DeviceTiers mover, Tiers tiers, String expert, Stream stream) {
        try (Lease lease = tiers.acquire(expert).join()) {
            mover.arrival(lease.expert()).orElseThrow().awaitLayer(LAYERS - 1, stream);
            stream.synchronize();
        }
    }
}
