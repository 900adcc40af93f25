package io.consort.runtime.backend.cuda.tiers;

import java.nio.file.Path;
import java.util.List;

/**
 * An expert's weights in a file, byte for byte as they lie on the device, in the order in which
 * layers use them.
 *
 * @param offset of the first byte in the file
 * @param layerEnds bytes from the first one to the end of each layer, ascending
 */
public record WeightImage(Path file, long offset, List<Long> layerEnds) {

    public WeightImage {
        layerEnds = List.copyOf(layerEnds);
        long before = 0;
        for (long end : layerEnds) {
            if (end <= before) {
                throw new IllegalArgumentException(
                        "`layerEnds` of %s does not ascend at %,d".formatted(file, end));
            }
            before = end;
        }
        if (layerEnds.isEmpty()) {
            throw new IllegalArgumentException("`layerEnds` of %s is empty".formatted(file));
        }
    }

    /** Bytes of all layers. */
    public long bytes() {
        return layerEnds.getLast();
    }
}
