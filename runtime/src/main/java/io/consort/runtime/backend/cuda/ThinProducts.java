package io.consort.runtime.backend.cuda;

import io.consort.runtime.backend.Activation;
import io.consort.runtime.backend.cuda.driver.Call;
import io.consort.runtime.backend.cuda.driver.Device;
import io.consort.runtime.backend.cuda.driver.Grid;
import io.consort.runtime.backend.cuda.driver.TensorMap;
import java.util.Optional;

/**
 * Products of few rows with weights in 16 bits on Hopper, whose weights are on their way before the kernel
 * in front has ended: kernels {@code thin_*}. They give the same for the same rows every time.
 */
final class ThinProducts {

    /** Rows at most. */
    static final int MOST_ROWS = 16;

    private static final int OUTPUTS = 128; // of a block at most
    private static final int LEAST_OUTPUTS = 64;
    private static final int MULTIPLE = 16; // of outputs of a block
    private static final int CLUSTER = 4;
    private static final int STEP = 64;
    private static final int STEP_BYTES = STEP * Short.BYTES;
    private static final int THREADS = 192;
    private static final int BLOCKS_OF_A_PROCESSOR = 2;
    private static final double LEAST_USE = 0.85;
    private static final int LONG_SUM = 32; // steps
    private static final int STAGES = 5;
    private static final int STAGES_OF_CLUSTERS_BESIDE = 4;
    private static final int STAGES_OF_LONG_SUMS = 3;
    private static final int BARRIER_BYTES = 256;
    private static final int MOST_SHARED = 112 << 10;

    private final Launches launches;
    private final Device device;

    ThinProducts(Launches launches, Device device) {
        this.launches = launches;
        this.device = device;
    }

    /**
     * How a product is shared out.
     *
     * @param cluster blocks that share the summed index
     * @param height outputs of a cluster
     * @param steps of 64 values of the summed index, of a block
     * @param stages steps that a block's shared memory has room for
     */
    record Way(int cluster, int height, int steps, int stages) {

        /** Empty for shapes that would leave much of a device idle, or that the kernels do not take. */
        static Optional<Way> of(int out, int in, boolean gated, int processors) {
            boolean alone = gated || out > OUTPUTS * BLOCKS_OF_A_PROCESSOR * processors;
            int cluster = alone ? 1 : CLUSTER;
            if (in % (STEP * cluster) != 0 || out % (gated ? 2 * MULTIPLE : 4) != 0) {
                return Optional.empty();
            }
            int steps = in / STEP / cluster;
            if (alone && !gated) {
                return Optional.of(new Way(1, OUTPUTS, steps, Math.min(steps, STAGES)));
            }
            int height = OUTPUTS;
            for (int next = OUTPUTS; next >= LEAST_OUTPUTS; next -= MULTIPLE) {
                if (use(out, next, cluster, processors) > use(out, height, cluster, processors)) {
                    height = next;
                }
            }
            boolean beside = out / height * cluster > processors;
            int stages = Math.min(steps, stages(cluster, steps, beside));
            return use(out, height, cluster, processors) < LEAST_USE
                    ? Optional.empty()
                    : Optional.of(new Way(cluster, height, steps, stages));
        }

        /**
         * Rings are no larger than lets the kernels in front and behind have blocks on the same
         * processors: two gated blocks and one of a long sum, or two of a cluster and two that
         * attend.
         *
         * @param beside whether processors have two blocks
         */
        private static int stages(int cluster, int steps, boolean beside) {
            if (cluster == 1) {
                return STAGES;
            }
            return steps > LONG_SUM
                    ? STAGES_OF_LONG_SUMS
                    : beside ? STAGES_OF_CLUSTERS_BESIDE : STAGES;
        }

        /** The share of the processors' time in which all blocks have something to do. */
        private static double use(int out, int height, int cluster, int processors) {
            int blocks = out / height * cluster;
            boolean fits = out % height == 0 && blocks <= BLOCKS_OF_A_PROCESSOR * processors;
            return fits ? (double) blocks / (Math.ceilDiv(blocks, processors) * processors) : 0;
        }

        private int sharedBytes() {
            int sums = cluster == 1 ? 0 : OUTPUTS * MOST_ROWS * Float.BYTES;
            int rest = stages * MOST_ROWS * STEP_BYTES + BARRIER_BYTES;
            // The tensor cores read 128 rows where there are fewer.
            int overrun = (OUTPUTS - height) * STEP_BYTES;
            return sums + stages * height * STEP_BYTES + Math.max(rest, overrun);
        }
    }

    /** How rows are multiplied with a matrix, where that is possible. */
    Optional<Way> way(CudaRows x, CudaLinear linear, boolean gated) {
        boolean possible =
                device.isHopper()
                        && x.count() <= MOST_ROWS
                        && (linear.format() == Format.BF16 || linear.format() == Format.F16)
                        && x.element() == linear.format().activation();
        return possible
                ? Way.of(linear.out(), linear.in(), gated, device.multiprocessors())
                : Optional.empty();
    }

    /** {@code y = x W^T + b}, or {@code y += x W^T + b}; {@code y} is float32. */
    void multiply(Way way, CudaRows x, CudaLinear linear, CudaRows y, boolean accumulates) {
        String name = "thin_%s_%d".formatted(linear.format().code(), way.cluster());
        Call call = arguments(name, way, x, linear, y).field(accumulates ? 1 : 0).field(0);
        launch(call, way, x, linear, way.height());
    }

    /** {@code y = activation(gate) * up} of {@code x W^T}; {@code y} is of the weights' own type. */
    void gated(Way way, CudaRows x, CudaLinear linear, CudaRows y, Activation activation) {
        String name = "thin_gated_" + linear.format().code();
        Call call = arguments(name, way, x, linear, y).field(0).field(Launches.code(activation));
        launch(call, way, x, linear, way.height() / 2);
    }

    private Call arguments(String name, Way way, CudaRows x, CudaLinear linear, CudaRows y) {
        return launches.of(name, MOST_SHARED)
                .structure()
                .field(linear.bias())
                .field(y.address())
                .field(x.count())
                .field(linear.out())
                .field(way.height())
                .field(way.steps())
                .field(way.stages());
    }

    /**
     * @param box rows of a tile of weights
     */
    private static void launch(Call call, Way way, CudaRows x, CudaLinear linear, int box) {
        int tiles = Math.ceilDiv(linear.out(), way.height());
        call.with(tiles(linear.weights(), linear.out(), x, box))
                .with(tiles(x.address(), x.count(), x, MOST_ROWS))
                .launch(Grid.of(tiles * way.cluster(), THREADS).withShared(way.sharedBytes()));
    }

    private static TensorMap tiles(long address, int rows, CudaRows like, int box) {
        return TensorMap.tiled(
                like.element(),
                address,
                new long[] {like.width(), rows},
                new long[] {(long) like.width() * Short.BYTES},
                new int[] {STEP, box},
                TensorMap.Swizzle.BYTES_128);
    }
}
