package io.consort.runtime.backend.cuda;

import io.consort.runtime.backend.cuda.driver.Element;
import io.consort.runtime.weights.DType;
import java.util.Optional;

/** How weights lie on the device. */
enum Format {
    /** Single precision, row by row. */
    F32("f32", 1, Element.F32),
    /** Half precision, row by row. */
    F16("f16", 32, Element.F16),
    /** Brain floating point, row by row. */
    BF16("bf16", 32, Element.BF16),
    /** Eight-bit integers with a scale for every 32, in tiles of 16 rows. */
    Q8("q8", 64, Element.BF16),
    /** Four-bit integers with a scale for every 32, in tiles of 16 rows. */
    Q4("q4", 128, Element.BF16);

    /** Rows of a tile. */
    static final int TILE = 16;

    /** Values that share a scale. */
    static final int RUN = 32;

    private final String code;
    private final int piece;
    private final Element activation;

    Format(String code, int piece, Element activation) {
        this.code = code;
        this.piece = piece;
        this.activation = activation;
    }

    /** The word for it in the names of kernels. */
    String code() {
        return code;
    }

    /** What a row's length must be a multiple of for the fast kernels. */
    int piece() {
        return piece;
    }

    /** The activations that the fast kernels multiply it with. */
    Element activation() {
        return activation;
    }

    /** Whether it is made of integers and scales. */
    boolean isScaled() {
        return this == Q8 || this == Q4;
    }

    /** Bytes of a matrix without its scales. */
    long bytes(int out, int in) {
        long count = (long) (isScaled() ? Math.ceilDiv(out, TILE) * TILE : out) * in;
        return switch (this) {
            case F32 -> count * 4;
            case F16, BF16 -> count * 2;
            case Q8 -> count;
            case Q4 -> count / 2;
        };
    }

    /** Bytes of a matrix's scales. */
    long scaleBytes(int out, int in) {
        return isScaled() ? (long) Math.ceilDiv(out, TILE) * TILE * in / RUN * Short.BYTES : 0;
    }

    /** How weights of a type lie on the device when they are copied; empty for blocks. */
    static Optional<Format> of(DType type) {
        return switch (type) {
            case F32 -> Optional.of(F32);
            case F16 -> Optional.of(F16);
            case BF16 -> Optional.of(BF16);
            default -> Optional.empty();
        };
    }
}
