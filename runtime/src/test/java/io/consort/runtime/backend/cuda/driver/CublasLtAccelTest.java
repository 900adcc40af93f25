package io.consort.runtime.backend.cuda.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.runtime.backend.cuda.Accelerator;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class CublasLtAccelTest {

    private static final int ROWS = 37;
    private static final int IN = 320;
    private static final int OUT = 192;
    private static final long WORKSPACE = 32L << 20;

    @Test
    void everyProposedWayAgreesWithTheProductOnTheHost() {
        try (Context context = Accelerator.openDriver();
                Stream stream = Stream.create(context, Stream.Priority.HIGH)) {
            Optional<CublasLt> found = CublasLt.open(context);
            Assumptions.assumeTrue(found.isPresent(), "cuBLASLt is not on this machine");
            try (CublasLt library = found.get()) {
                for (Element factors : new Element[] {Element.BF16, Element.F16, Element.F32}) {
                    check(stream, library, factors);
                }
            }
        }
    }

    private static void check(Stream stream, CublasLt library, Element factors) {
        Context context = stream.context();
        Random random = new Random(11);
        float[] inputs = values(random, ROWS * IN, factors);
        float[] weights = values(random, OUT * IN, factors);
        Product.Shape shape = new Product.Shape(ROWS, IN, OUT, factors, Element.F32);
        long outputBytes = 4L * ROWS * OUT;
        try (Product product = library.product(shape, WORKSPACE);
                DeviceMemory x = upload(stream, inputs, factors);
                DeviceMemory w = upload(stream, weights, factors);
                DeviceMemory y = DeviceMemory.allocate(context, outputBytes);
                DeviceMemory workspace = DeviceMemory.allocate(context, WORKSPACE);
                PinnedMemory host = PinnedMemory.allocate(context, outputBytes)) {
            assertThat(product.ways()).isPositive();
            for (int way = 0; way < product.ways(); way++) {
                product.choose(way);
                stream.fill(y.address(), (byte) 0xff, outputBytes);
                product.run(
                        stream,
                        new Product.Operands(
                                x.address(), w.address(), y.address(), workspace.address()));
                stream.copyToHost(host.segment(), y.address());
                stream.synchronize();
                assertThat(distance(host.segment(), inputs, weights))
                        .as("%s, way %d", factors, way)
                        .isLessThan(1e-5);
            }
        }
    }

    /** The relative distance, in the 2-norm, from the product in double precision. */
    private static double distance(MemorySegment outputs, float[] inputs, float[] weights) {
        double difference = 0;
        double size = 0;
        for (int row = 0; row < ROWS; row++) {
            for (int out = 0; out < OUT; out++) {
                double sum = 0;
                for (int in = 0; in < IN; in++) {
                    sum += (double) inputs[row * IN + in] * weights[out * IN + in];
                }
                double actual = outputs.getAtIndex(ValueLayout.JAVA_FLOAT, (long) row * OUT + out);
                difference += (actual - sum) * (actual - sum);
                size += sum * sum;
            }
        }
        return Math.sqrt(difference / size);
    }

    /** Random values that the element type holds exactly. */
    private static float[] values(Random random, int count, Element element) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            float value = random.nextFloat() - 0.5f;
            values[i] =
                    switch (element) {
                        case BF16 ->
                                Float.intBitsToFloat(Float.floatToRawIntBits(value) & 0xffff0000);
                        case F16 -> Float.float16ToFloat(Float.floatToFloat16(value));
                        case F32, F8_E4M3 -> value;
                    };
        }
        return values;
    }

    private static DeviceMemory upload(Stream stream, float[] values, Element element) {
        long bytes = (long) values.length * element.bytes();
        DeviceMemory device = DeviceMemory.allocate(stream.context(), bytes);
        try (PinnedMemory host = PinnedMemory.allocate(stream.context(), bytes)) {
            for (int i = 0; i < values.length; i++) {
                switch (element) {
                    case BF16 ->
                            host.segment()
                                    .setAtIndex(
                                            ValueLayout.JAVA_SHORT,
                                            i,
                                            (short) (Float.floatToRawIntBits(values[i]) >>> 16));
                    case F16 ->
                            host.segment()
                                    .setAtIndex(
                                            ValueLayout.JAVA_SHORT,
                                            i,
                                            Float.floatToFloat16(values[i]));
                    case F32, F8_E4M3 ->
                            host.segment().setAtIndex(ValueLayout.JAVA_FLOAT, i, values[i]);
                }
            }
            stream.copyToDevice(device.address(), host.segment());
            stream.synchronize();
        }
        return device;
    }
}
