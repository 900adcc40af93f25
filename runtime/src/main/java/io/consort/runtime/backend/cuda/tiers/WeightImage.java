package io.consort.runtime.backend.cuda.tiers;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;

/**
 * An expert's weights, byte for byte as they lie on the device, in the order in which layers use them,
 * and where those bytes come from. Bytes between pieces may be anything.
 *
 * @param pieces in order, and apart from each other
 * @param layerEnds bytes from the first one to the end of each layer, ascending
 */
public record WeightImage(List<Piece> pieces, List<Long> layerEnds) {

    /** Bytes of one source. */
    public sealed interface Piece {

        /** Where its first byte lies in the image. */
        long at();

        /** Its size. */
        long bytes();
    }

    /**
     * A part of a file.
     *
     * @param offset of the first byte in the file
     */
    public record InFile(long at, long bytes, Path file, long offset) implements Piece {}

    /** Memory of the host, a mapped file's for example, which lives as long as the image is used. */
    public record InMemory(long at, MemorySegment source) implements Piece {
        @Override
        public long bytes() {
            return source.byteSize();
        }
    }

    public WeightImage {
        pieces = List.copyOf(pieces);
        layerEnds = List.copyOf(layerEnds);
        long before = 0;
        for (long end : layerEnds) {
            if (end <= before) {
                throw new IllegalArgumentException(
                        "`layerEnds` does not ascend at %,d".formatted(end));
            }
            before = end;
        }
        if (layerEnds.isEmpty()) {
            throw new IllegalArgumentException("`layerEnds` is empty");
        }
    }

    /**
     * A part of a file, as it is.
     *
     * @param offset of the first byte in the file
     */
    public static WeightImage of(Path file, long offset, List<Long> layerEnds) {
        long bytes = layerEnds.isEmpty() ? 0 : layerEnds.getLast();
        return new WeightImage(List.of(new InFile(0, bytes, file, offset)), layerEnds);
    }

    /** Bytes of all layers. */
    public long bytes() {
        return layerEnds.getLast();
    }
}
