package io.consort.runtime.backend.cuda.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consort.runtime.backend.cuda.Accelerator;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DriverAccelTest {

    private static final int COUNT = 1_000_003;
    private static final long BYTES = 4L * COUNT;

    private final Context context = Accelerator.openDriver();
    private final Stream stream = Stream.create(context, Stream.Priority.HIGH);

    @AfterEach
    void everythingIsClosed() {
        stream.close();
        assertThat(context.liveResources()).isZero();
        context.close();
    }

    private static void random(MemorySegment segment) {
        Random random = new Random(7);
        for (int i = 0; i < COUNT; i++) {
            segment.setAtIndex(ValueLayout.JAVA_FLOAT, i, random.nextFloat() - 0.5f);
        }
    }

    @Test
    void whatIsCopiedToTheDeviceComesBackUnchanged() {
        try (PinnedMemory from = PinnedMemory.allocate(context, BYTES);
                PinnedMemory to = PinnedMemory.allocate(context, BYTES);
                DeviceMemory one = DeviceMemory.allocate(context, BYTES);
                DeviceMemory two = DeviceMemory.allocate(context, BYTES)) {
            random(from.segment());
            stream.fill(two.address(), (byte) 0xff, BYTES);
            stream.copyToDevice(one.address(), from.segment());
            stream.copy(two.address(), one.address(), BYTES);
            stream.copyToHost(to.segment(), two.address());
            stream.synchronize();
            assertThat(to.segment().mismatch(from.segment())).isEqualTo(-1);
        }
    }

    @Test
    void aKernelComputesWithItsParameters() {
        try (KernelModule module = TestKernels.load(context);
                PinnedMemory host = PinnedMemory.allocate(context, BYTES);
                DeviceMemory device = DeviceMemory.allocate(context, BYTES)) {
            random(host.segment());
            float[] before = host.segment().toArray(ValueLayout.JAVA_FLOAT);
            Parameters parameters = new Parameters().add(device.address()).add(COUNT).add(3f);
            stream.copyToDevice(device.address(), host.segment());
            Kernel kernel = module.kernel("axpy");
            kernel.launch(stream, TestKernels.gridFor(COUNT), parameters);
            parameters.set(2, 2f);
            new Launch(kernel, TestKernels.gridFor(COUNT), parameters).overlapping().on(stream);
            stream.copyToHost(host.segment(), device.address());
            stream.synchronize();
            float[] after = host.segment().toArray(ValueLayout.JAVA_FLOAT);
            for (int i = 0; i < COUNT; i++) {
                assertThat(after[i]).isEqualTo(Math.fma(2f, Math.fma(3f, before[i], i), i));
            }
            assertThat(kernel.registers()).isPositive();
        }
    }

    @Test
    void aKernelThatIsNotThereIsNamed() {
        try (KernelModule module = TestKernels.load(context)) {
            assertThatThrownBy(() -> module.kernel("nothing"))
                    .isInstanceOf(CudaException.class)
                    .hasMessageContaining("\"nothing\"")
                    .hasMessageContaining("CUDA_ERROR_NOT_FOUND");
        }
    }

    @Test
    void anImageThatIsNoneIsRefused() {
        assertThatThrownBy(() -> KernelModule.load(context, new byte[64]))
                .isInstanceOf(CudaException.class)
                .hasMessageContaining("cuModuleLoadData");
        assertThat(context.liveResources()).isEqualTo(1);
    }

    @Test
    void moreMemoryThanThereIsIsRefusedAndTheDeviceGoesOn() {
        assertThatThrownBy(() -> DeviceMemory.allocate(context, context.device().memoryBytes() * 2))
                .isInstanceOfSatisfying(
                        CudaException.class,
                        failure -> {
                            assertThat(failure.isOutOfMemory()).isTrue();
                            assertThat(failure.isDeviceLost()).isFalse();
                        });
        DeviceMemory.allocate(context, 1024).close();
    }

    @Test
    void aGraphRunsWhatWasCaptured() {
        try (KernelModule module = TestKernels.load(context);
                PinnedMemory host = PinnedMemory.allocate(context, BYTES);
                DeviceMemory device = DeviceMemory.allocate(context, BYTES)) {
            Parameters parameters = new Parameters().add(device.address()).add(COUNT).add(0f);
            Kernel kernel = module.kernel("axpy");
            try (Graph graph =
                            stream.capture(() -> {
                                kernel.launch(stream, TestKernels.gridFor(COUNT), parameters);
                                parameters.set(2, 2f);
                                kernel.launch(stream, TestKernels.gridFor(COUNT), parameters);
                            });
                    GraphExec exec = graph.instantiate()) {
                assertThat(graph.nodes()).isEqualTo(2);
                exec.upload(stream);
                exec.launch(stream);
                stream.copyToHost(host.segment(), device.address());
                stream.synchronize();
                float[] after = host.segment().toArray(ValueLayout.JAVA_FLOAT);
                for (int i = 0; i < COUNT; i++) {
                    assertThat(after[i]).isEqualTo(Math.fma(2f, (float) i, (float) i));
                }
            }
        }
    }

    @Test
    void aCaptureThatFailsLeavesTheStreamUsable() {
        assertThatThrownBy(() ->
                        stream.capture(() -> {
                            throw new IllegalStateException("no");
                        }))
                .isInstanceOf(IllegalStateException.class);
        try (DeviceMemory device = DeviceMemory.allocate(context, 64)) {
            stream.fill(device.address(), (byte) 1, 64);
            stream.synchronize();
            assertThat(stream.isIdle()).isTrue();
        }
    }

    @Test
    void oneStreamWaitsForAnEventOfAnother() {
        try (Stream other = Stream.create(context, Stream.Priority.LOW);
                Event begin = Event.timed(context);
                Event end = Event.timed(context);
                PinnedMemory host = PinnedMemory.allocate(context, BYTES);
                DeviceMemory device = DeviceMemory.allocate(context, BYTES)) {
            random(host.segment());
            other.record(begin);
            other.copyToDevice(device.address(), host.segment());
            other.record(end);
            stream.waitFor(end);
            MemorySegment back = host.segment();
            stream.copyToHost(back, device.address());
            stream.synchronize();
            assertThat(end.isDone()).isTrue();
            assertThat(end.millisecondsSince(begin)).isPositive();
        }
    }

    @Test
    void moreThanTwoGibibytesCanBePinnedInOnePiece() {
        long bytes = (2L << 30) + 4096;
        try (PinnedMemory host = PinnedMemory.allocate(context, bytes)) {
            host.segment().set(ValueLayout.JAVA_LONG, bytes - 8, 42);
            assertThat(host.segment().get(ValueLayout.JAVA_LONG, bytes - 8)).isEqualTo(42);
        }
    }
}
