package io.consort.runtime.backend.cuda;

import io.consort.runtime.backend.cuda.driver.CublasLt;
import io.consort.runtime.backend.cuda.driver.DeviceMemory;
import io.consort.runtime.backend.cuda.driver.Element;
import io.consort.runtime.backend.cuda.driver.Event;
import io.consort.runtime.backend.cuda.driver.Product;
import io.consort.runtime.backend.cuda.driver.Stream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Products of many rows: by cuBLASLt, prepared once for each shape, for which the fastest of its ways
 * is found by trying. Used by the thread of its stream.
 */
final class Products implements AutoCloseable {

    private static final long WORKSPACE = 32L << 20;

    /** Shapes that come again and again are worth trying: small batches, and whole chunks of prompts. */
    private static final int TUNED_ROWS = 64;

    private static final int TRIALS = 3;

    private record Key(Product.Shape shape, boolean accumulates) {}

    private final CublasLt library;
    private final Stream stream;
    private final DeviceMemory workspace;
    private final Map<Key, Product> prepared = new HashMap<>();

    private Products(CublasLt library, Stream stream) {
        this.library = library;
        this.stream = stream;
        this.workspace = DeviceMemory.allocate(stream.context(), WORKSPACE);
    }

    /** Products on a stream, where the library is there. */
    static Optional<Products> open(Optional<CublasLt> library, Stream stream) {
        return library.map(found -> new Products(found, stream));
    }

    /**
     * {@code y = x W^T}, or {@code y += x W^T}.
     *
     * @param weights address of the matrix, in the type of {@code x}
     */
    void multiply(CudaRows x, long weights, int out, CudaRows y, boolean accumulates) {
        Element factors = x.element();
        Product.Shape shape = new Product.Shape(x.count(), x.width(), out, factors, y.element());
        Key key = new Key(shape, accumulates);
        Product product = prepared.get(key);
        if (product == null) {
            product = library.product(shape, WORKSPACE);
            product.scale(1, accumulates ? 1 : 0);
            prepared.put(key, product);
            if (x.count() <= TUNED_ROWS || x.count() % TUNED_ROWS == 0) {
                chooseFastest(product, x.address(), weights, y.bytes());
            }
        }
        product.run(
                stream,
                new Product.Operands(x.address(), weights, y.address(), workspace.address()));
    }

    /** Tries every way with results that nobody reads. */
    private void chooseFastest(Product product, long x, long weights, long bytes) {
        try (DeviceMemory y = DeviceMemory.allocate(stream.context(), bytes);
                Event begin = Event.timed(stream.context());
                Event end = Event.timed(stream.context())) {
            Product.Operands operands =
                    new Product.Operands(x, weights, y.address(), workspace.address());
            int fastest = 0;
            float best = Float.MAX_VALUE;
            for (int way = 0; way < product.ways(); way++) {
                product.choose(way);
                product.run(stream, operands);
                stream.record(begin);
                for (int i = 0; i < TRIALS; i++) {
                    product.run(stream, operands);
                }
                stream.record(end);
                stream.synchronize();
                float milliseconds = end.millisecondsSince(begin);
                if (milliseconds < best) {
                    best = milliseconds;
                    fastest = way;
                }
            }
            product.choose(fastest);
        }
    }

    @Override
    public void close() {
        prepared.values().forEach(Product::close);
        workspace.close();
    }
}
