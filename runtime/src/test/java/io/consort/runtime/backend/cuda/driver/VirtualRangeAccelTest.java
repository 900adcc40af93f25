package io.consort.runtime.backend.cuda.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.runtime.backend.cuda.Accelerator;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

class VirtualRangeAccelTest {

    private static final int COUNT = 1 << 20;

    @Test
    void aCapturedGraphRunsOnNewMemoryBehindTheSameAddresses() {
        try (Context context = Accelerator.openDriver();
                Stream stream = Stream.create(context, Stream.Priority.HIGH);
                KernelModule module = TestKernels.load(context);
                PinnedMemory host = PinnedMemory.allocate(context, 4L * COUNT);
                VirtualRange range =
                        VirtualRange.reserve(context, 4 * PhysicalMemory.granularity(context))) {
            long piece = PhysicalMemory.granularity(context);
            Parameters parameters = new Parameters().add(range.address()).add(COUNT).add(1f);
            Kernel kernel = module.kernel("axpy");
            try (GraphExec exec = capture(stream, kernel, parameters)) {
                for (int round = 1; round <= 3; round++) {
                    try (PhysicalMemory one = PhysicalMemory.create(context, piece);
                            PhysicalMemory two = PhysicalMemory.create(context, piece)) {
                        range.map(0, round % 2 == 0 ? two : one);
                        range.map(piece, round % 2 == 0 ? one : two);
                        range.allow(0, 2 * piece);
                        for (int i = 0; i < COUNT; i++) {
                            host.segment().setAtIndex(ValueLayout.JAVA_FLOAT, i, round);
                        }
                        stream.copyToDevice(range.address(), host.segment());
                        exec.launch(stream);
                        stream.copyToHost(host.segment(), range.address());
                        stream.synchronize();
                        range.unmap(0, piece);
                        range.unmap(piece, piece);
                    }
                    for (int i = 0; i < COUNT; i++) {
                        assertThat(host.segment().getAtIndex(ValueLayout.JAVA_FLOAT, i))
                                .isEqualTo((float) round + i);
                    }
                }
            }
        }
    }

    @Test
    void unmappedAndReleasedMemoryIsGivenBack() {
        try (Context context = Accelerator.openDriver();
                VirtualRange range = VirtualRange.reserve(context, 256L << 20)) {
            long before = context.freeBytes();
            PhysicalMemory memory = PhysicalMemory.create(context, 256L << 20);
            range.map(0, memory);
            range.allow(0, memory.bytes());
            assertThat(context.freeBytes()).isLessThanOrEqualTo(before - (256L << 20));
            range.unmap(0, memory.bytes());
            memory.close();
            assertThat(context.freeBytes()).isGreaterThanOrEqualTo(before - (32L << 20));
        }
    }

    private static GraphExec capture(Stream stream, Kernel kernel, Parameters parameters) {
        try (Graph graph =
                stream.capture(
                        () -> kernel.launch(stream, TestKernels.gridFor(COUNT), parameters))) {
            return graph.instantiate();
        }
    }
}
