package io.consort.runtime.backend.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.consort.runtime.weights.DType;
import io.consort.runtime.weights.Tensor;
import io.consort.runtime.weights.block.Codec;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A kernel that the compiler does not inline as a whole allocates an object for each register that it
 * computes, and is ten times slower or more. Compiled as it should be, a product allocates a few
 * records and nothing else, however large it is.
 */
class AllocationTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int IN = 512;
    private static final int OUT = 128;

    /** Products until which a kernel must have been compiled. */
    private static final int MOST = 60_000;

    /** Bytes of a product's records: hundreds of times less than its registers would take. */
    private static final long FEW = 4096;

    /** Stored weights are those of a table, which is never interleaved. */
    @ParameterizedTest
    @CsvSource({
        "F32, true, 1", "F32, true, 8", "F32, true, 32",
        "F16, true, 1", "F16, true, 8", "F16, true, 32",
        "BF16, true, 1", "BF16, true, 8", "BF16, true, 32",
        "Q8_0, true, 1", "Q8_0, true, 8", "Q8_0, true, 32",
        "Q8_0, false, 1", "Q8_0, false, 8", "Q8_0, false, 32",
        "Q4_0, true, 1", "Q4_0, true, 8", "Q4_0, true, 32",
        "Q4_0, false, 1", "Q4_0, false, 8", "Q4_0, false, 32",
        "Q4_K, true, 1", "Q4_K, true, 8", "Q4_K, true, 32",
        "Q6_K, true, 1", "Q6_K, true, 8", "Q6_K, true, 32",
    })
    void productsKeepTheirSumsInRegisters(DType type, boolean stored, int count) {
        try (Arena arena = Arena.ofShared();
                CpuBackend backend = new CpuBackend(1, Long.MAX_VALUE);
                Workers workers = new Workers(1)) {
            Tensor tensor = tensor(type, arena);
            try (CpuLinear matrix =
                    (CpuLinear)
                            (stored
                                    ? backend.table(tensor)
                                    : backend.linear(List.of(tensor), List.of()))) {
                assertThat(leastAllocated(new Products(workers), matrix, count))
                        .as("bytes for a product of %s with %d vectors", type, count)
                        .isLessThan(FEW);
            }
        }
    }

    private static long leastAllocated(Products products, CpuLinear matrix, int count) {
        CpuRows x = new CpuRows().shape(count, IN);
        CpuRows y = new CpuRows().shape(count, OUT);
        long least = Long.MAX_VALUE;
        for (int i = 0; i < MOST && least >= FEW; i++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            products.multiply(x, matrix, y);
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }

    private static Tensor tensor(DType type, Arena arena) {
        Codec codec = type.codec().orElseThrow();
        float[] values = new float[codec.size()];
        Arrays.fill(values, 1);
        MemorySegment data = arena.allocate(type.bytes(IN * OUT));
        for (int i = 0; i < IN * OUT; i += codec.size()) {
            codec.encode(values, 0, data, type.bytes(i));
        }
        List<Long> shape = List.of((long) OUT, (long) IN);
        return new Tensor(Path.of("none"), OptionalLong.empty(), "w", type, shape, data);
    }
}
