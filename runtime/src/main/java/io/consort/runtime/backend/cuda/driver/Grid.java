package io.consort.runtime.backend.cuda.driver;

/**
 * How a kernel is spread.
 *
 * @param x blocks of the grid, likewise {@code y} and {@code z}
 * @param blockX threads of a block, likewise {@code blockY} and {@code blockZ}
 * @param sharedBytes dynamic shared memory of a block
 */
public record Grid(int x, int y, int z, int blockX, int blockY, int blockZ, int sharedBytes) {

    /** Blocks and threads in one dimension. */
    public static Grid of(int blocks, int threads) {
        return new Grid(blocks, 1, 1, threads, 1, 1, 0);
    }

    /** Blocks in three dimensions, threads in one. */
    public static Grid of(int x, int y, int z, int threads) {
        return new Grid(x, y, z, threads, 1, 1, 0);
    }

    /** The same with so much dynamic shared memory. */
    public Grid withShared(int bytes) {
        return new Grid(x, y, z, blockX, blockY, blockZ, bytes);
    }
}
