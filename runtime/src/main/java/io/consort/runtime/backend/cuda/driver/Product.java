package io.consort.runtime.backend.cuda.driver;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * {@code outputs = inputs x weights^T} for one shape, all row-major, accumulated in float32, in the
 * ways that the library's heuristic proposes, the best first. Owned by whoever prepared it. Used by
 * one thread at a time.
 */
public final class Product implements AutoCloseable {

    private static final int MOST_WAYS = 8;
    private static final int WAY_BYTES = 96;
    private static final int WORKSPACE = 64;

    private final BlasCalls calls;
    private final long library;
    private final Layouts layouts;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment ways = arena.allocate((long) MOST_WAYS * WAY_BYTES, Long.BYTES);
    private final MemorySegment scales = arena.allocateFrom(ValueLayout.JAVA_FLOAT, 1, 0);
    private final int count;
    private int way;

    /**
     * What is multiplied.
     *
     * @param rows of inputs [rows, in] and outputs [rows, out]
     * @param out rows of weights [out, in]
     * @param factors elements of inputs and weights
     * @param outputs elements of the result
     */
    public record Shape(int rows, int in, int out, Element factors, Element outputs) {}

    /**
     * Where the matrices lie on the device.
     *
     * @param workspace of the size that was promised; written by the product
     */
    public record Operands(long inputs, long weights, long outputs, long workspace) {}

    /** The library's descriptions. Its matrices are column-major, so all of ours are its transposes. */
    record Layouts(long description, long weights, long inputs, long outputs) {}

    Product(BlasCalls calls, long library, Shape shape, long workspaceBytes) {
        this.calls = calls;
        this.library = library;
        this.layouts =
                new Layouts(
                        calls.description(),
                        calls.layout(shape.factors(), shape.in(), shape.out()),
                        calls.layout(shape.factors(), shape.in(), shape.rows()),
                        calls.layout(shape.outputs(), shape.out(), shape.rows()));
        long preference = calls.preference(workspaceBytes);
        try {
            this.count = calls.heuristic(library, layouts, preference, ways, MOST_WAYS);
        } catch (CudaException failure) {
            close();
            throw failure;
        } finally {
            calls.destroyPreference(preference);
        }
    }

    /** How many ways there are, at least one. */
    public int ways() {
        return count;
    }

    /** Takes another way from now on; 0 is the one that the heuristic takes for the best. */
    public void choose(int index) {
        if (index < 0 || index >= count) {
            throw new IllegalArgumentException("way %d of %d".formatted(index, count));
        }
        way = index;
    }

    /**
     * Sets factors: {@code outputs = alpha x inputs x weights^T + beta x outputs}; 1 and 0 unless
     * set. A captured product keeps those that it was captured with.
     */
    public void scale(float alpha, float beta) {
        scales.setAtIndex(ValueLayout.JAVA_FLOAT, 0, alpha);
        scales.setAtIndex(ValueLayout.JAVA_FLOAT, 1, beta);
    }

    /** Submits it. */
    public void run(Stream stream, Operands operands) {
        long chosen = (long) way * WAY_BYTES;
        calls.multiply(
                library,
                layouts,
                operands,
                scales.address(),
                ways.address() + chosen,
                ways.get(ValueLayout.JAVA_LONG, chosen + WORKSPACE),
                stream.address());
    }

    @Override
    public void close() {
        calls.destroyLayout(layouts.outputs());
        calls.destroyLayout(layouts.inputs());
        calls.destroyLayout(layouts.weights());
        calls.destroyDescription(layouts.description());
        arena.close();
    }
}
