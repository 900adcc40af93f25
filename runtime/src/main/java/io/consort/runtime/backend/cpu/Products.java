package io.consort.runtime.backend.cpu;

/**
 * Products of rows with matrices. Workers share the matrix rows; each reads its weights from memory
 * once for a hundred vectors or fewer, see {@link Panels}.
 */
final class Products {

    /** Multiplications below which handing work to another thread costs more than it saves. */
    private static final long WORTH_SHARING = 1 << 19;

    /** Multiplications that take as long as bringing a value here that another thread has written. */
    private static final long ARRANGING = 64;

    /** The shortest pieces are of so many per thread: for that long the others wait at the end. */
    private static final int PIECES = 16;

    private final Workers workers;
    private final Panels panels;
    private final Pairs pairs = new Pairs();

    Products(Workers workers) {
        this.workers = workers;
        this.panels = new Panels(workers.count());
    }

    /** {@code y = x W^T + b}. */
    void multiply(CpuRows x, CpuLinear matrix, CpuRows y) {
        int column = 0;
        Vectors vectors = arranged(x, matrix, matrix.parts().getFirst());
        for (CpuLinear.Part part : matrix.parts()) {
            if (part.order() != vectors.order()) {
                vectors = arranged(x, matrix, part);
            }
            multiply(vectors, part, new Panels.Target(y.data(), y.width(), column));
            column += part.out();
        }
    }

    private Vectors arranged(CpuRows x, CpuLinear matrix, CpuLinear.Part part) {
        Vectors vectors = Vectors.of(x, matrix.in(), part.order(), pairs);
        long cost = ARRANGING * x.size();
        share(x.count(), cost, (worker, from, end) -> vectors.arrange(from, end));
        return vectors;
    }

    private void multiply(Vectors x, CpuLinear.Part part, Panels.Target y) {
        int side = part.side();
        share(
                Math.ceilDiv(part.out(), side),
                (long) x.count() * x.in() * part.out(),
                (worker, from, end) ->
                        panels.multiply(
                                worker, x, part, y, from * side, Math.min(part.out(), end * side)));
    }

    /** Does items on one thread or on several, as their cost deserves. */
    void share(int items, long cost, Workers.Task task) {
        int grain = items;
        if (cost >= WORTH_SHARING) {
            grain = Math.max(1, items / (workers.count() * PIECES));
        }
        workers.run(items, grain, task);
    }
}
