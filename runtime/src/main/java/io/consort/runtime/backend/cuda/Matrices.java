package io.consort.runtime.backend.cuda;

import io.consort.runtime.backend.Activation;
import io.consort.runtime.backend.cuda.driver.Call;
import io.consort.runtime.backend.cuda.driver.Element;
import io.consort.runtime.backend.cuda.driver.Grid;
import java.util.Optional;

/**
 * Chooses how rows are multiplied with weights: few rows by the kernels that read weights as fast as the
 * memory allows, up to 16 by {@link ThinProducts} where a matrix fills a device, many by cuBLASLt, and by
 * the kernels in several passes where that is missing.
 */
final class Matrices {

    private static final int THREADS = 256;
    private static final int FEW_ROWS = 8;
    private static final int MOST_ROWS = 32;
    private static final int MOST_SPLITS = 8;
    private static final int BLOCKS_OF_A_DEVICE = 264;

    private final Launches launches;
    private final Optional<Products> products;
    private final ThinProducts thin;

    Matrices(Launches launches, Optional<Products> products, ThinProducts thin) {
        this.launches = launches;
        this.products = products;
        this.thin = thin;
    }

    /** {@code y = x W^T + b}, or {@code y += x W^T + b}; {@code y} is float32. */
    void multiply(CudaRows x, CudaLinear linear, CudaRows y, boolean accumulates) {
        if (x.element() == Element.F32 || !linear.isFast()) {
            plain(x, linear, y, accumulates);
            return;
        }
        CudaRows fit = launches.convert(x, linear.format().activation());
        Optional<ThinProducts.Way> way = thinWay(fit, linear, false);
        if (way.isPresent()) {
            thin.multiply(way.get(), fit, linear, y, accumulates);
            return;
        }
        if (products.isPresent() && areMany(fit, linear)) {
            long weights = launches.expanded(linear);
            products.get().multiply(fit, weights, linear.out(), y, accumulates);
            launches.addBias(y, linear.bias());
            return;
        }
        for (int row = 0; row < fit.count(); row += MOST_ROWS) {
            int rows = Math.min(MOST_ROWS, fit.count() - row);
            few(launches.slice(fit, row, rows), linear, launches.slice(y, row, rows), accumulates);
        }
    }

    /** {@code activation(gate) * up} of {@code x W^T + b}, for weights that the fast kernels take. */
    CudaRows gated(CudaRows x, CudaLinear linear, Activation activation) {
        Element element = linear.format().activation();
        CudaRows fit = launches.convert(x, element);
        int width = linear.out() / 2;
        CudaRows y = launches.take(fit.count(), width, element);
        Optional<ThinProducts.Way> way = thinWay(fit, linear, true);
        if (way.isPresent()) {
            thin.gated(way.get(), fit, linear, y, activation);
            return y;
        }
        if (products.isPresent() && areMany(fit, linear)) {
            CudaRows both = launches.take(fit.count(), linear.out(), element);
            products.get().multiply(fit, launches.expanded(linear), linear.out(), both, false);
            launches.gate(both, y, activation);
            return y;
        }
        for (int row = 0; row < fit.count(); row += MOST_ROWS) {
            int rows = Math.min(MOST_ROWS, fit.count() - row);
            fewGated(
                    launches.slice(fit, row, rows),
                    linear,
                    launches.slice(y, row, rows),
                    activation);
        }
        return y;
    }

    /** Whether rows are more than the kernels that read weights once multiply well. */
    private static boolean areMany(CudaRows x, CudaLinear linear) {
        return x.count() > (linear.format().isScaled() ? MOST_ROWS : FEW_ROWS);
    }

    private Optional<ThinProducts.Way> thinWay(CudaRows x, CudaLinear linear, boolean gated) {
        return x.count() <= FEW_ROWS ? Optional.empty() : thin.way(x, linear, gated);
    }

    /** Whether {@link #gated} takes it. */
    static boolean gates(CudaLinear linear) {
        boolean aligned = !linear.format().isScaled() || linear.out() / 2 % Format.TILE == 0;
        return linear.isFast() && linear.out() % 4 == 0 && linear.bias() == 0 && aligned;
    }

    private void few(CudaRows x, CudaLinear linear, CudaRows y, boolean accumulates) {
        int rows = x.count() <= FEW_ROWS ? FEW_ROWS : x.count() <= 16 ? 16 : MOST_ROWS;
        int outputs = rows == FEW_ROWS ? 16 : rows == 16 ? 64 : 32;
        int blocks = Math.ceilDiv(linear.out(), outputs);
        int splits = rows == FEW_ROWS ? 1 : Math.clamp(BLOCKS_OF_A_DEVICE / blocks, 1, MOST_SPLITS);
        long partial = splits == 1 ? 0 : launches.room(4L * blocks * splits * outputs * rows);
        String name = "linear_%s_%dx%d".formatted(linear.format().code(), rows, outputs);
        arguments(name, x, linear, y, partial)
                .field(accumulates ? 1 : 0)
                .field(0)
                .launch(Grid.of(blocks, splits, 1, THREADS));
    }

    private void fewGated(CudaRows x, CudaLinear linear, CudaRows y, Activation activation) {
        int rows = x.count() <= FEW_ROWS ? FEW_ROWS : x.count() <= 16 ? 16 : MOST_ROWS;
        int outputs = rows == 16 ? 32 : 16;
        String name = "gated_%s_%dx%d".formatted(linear.format().code(), rows, outputs);
        arguments(name, x, linear, y, 0)
                .field(0)
                .field(Launches.code(activation))
                .launch(Grid.of(Math.ceilDiv(linear.out() / 2, outputs), THREADS));
    }

    private Call arguments(String name, CudaRows x, CudaLinear linear, CudaRows y, long partial) {
        return launches.of(name)
                .structure()
                .field(linear.weights())
                .field(linear.scales())
                .field(linear.bias())
                .field(x.address())
                .field(y.address())
                .field(partial)
                .field(launches.tickets())
                .field(x.count())
                .field(linear.in())
                .field(linear.out());
    }

    private void plain(CudaRows x, CudaLinear linear, CudaRows y, boolean accumulates) {
        String weights = linear.format().isScaled() ? "bf16" : linear.format().code();
        long warps = (long) linear.out() * x.count();
        long matrix = launches.expanded(linear);
        launches.of("plain_%s_%s".formatted(weights, Launches.code(x.element())))
                .with(matrix)
                .with(linear.bias())
                .with(x.address())
                .with(y.address())
                .with(linear.in())
                .with(linear.out())
                .with(x.count())
                .with(accumulates ? 1 : 0)
                .launch(Grid.of(Math.toIntExact(Math.ceilDiv(warps, THREADS / 32)), THREADS));
    }
}
