package io.consort.runtime.backend.cpu;

/**
 * Products of rows with matrices. Workers share the matrix rows; each reads its weights from memory
 * once for a hundred vectors or fewer, see {@link Panels}.
 */
final class Products {

    /** Multiplications below which handing work to another thread costs more than it saves. */
    private static final long WORTH_SHARING = 1 << 20;

    /** Pieces per thread, so that a thread that is interrupted delays the others little. */
    private static final int PIECES = 4;

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
        for (CpuLinear.Part part : matrix.parts()) {
            Vectors vectors = Vectors.of(x, matrix.in(), part.format().paired(), pairs);
            int to = column;
            share(
                    Math.ceilDiv(part.out(), Tile.SIDE),
                    (long) x.count() * matrix.in() * part.out(),
                    (worker, from, end) ->
                            panels.multiply(
                                    worker,
                                    vectors,
                                    part,
                                    new Panels.Target(y.data(), y.width(), to),
                                    from * Tile.SIDE,
                                    Math.min(part.out(), end * Tile.SIDE)));
            column += part.out();
        }
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
