package io.consort.runtime.weights.gguf;

import java.util.Arrays;
import java.util.Optional;

/** How a metadata value is stored. */
enum ValueKind {
    UINT8(0, 1),
    INT8(1, 1),
    UINT16(2, 2),
    INT16(3, 2),
    UINT32(4, 4),
    INT32(5, 4),
    FLOAT32(6, 4),
    BOOL(7, 1),
    STRING(8, 8),
    ARRAY(9, 12),
    UINT64(10, 8),
    INT64(11, 8),
    FLOAT64(12, 8);

    private final int number;
    private final int leastBytes;

    ValueKind(int number, int leastBytes) {
        this.number = number;
        this.leastBytes = leastBytes;
    }

    int number() {
        return number;
    }

    /** Bytes that a value of this kind takes at least. */
    int leastBytes() {
        return leastBytes;
    }

    static Optional<ValueKind> of(long number) {
        return Arrays.stream(values()).filter(kind -> kind.number == number).findFirst();
    }

    /** How a value is written. */
    static ValueKind of(GgufValue value) {
        return switch (value) {
            case GgufValue.Whole whole -> whole.value() >= 0 ? unsigned(whole.value()) : INT64;
            case GgufValue.Real _ -> FLOAT32;
            case GgufValue.Flag _ -> BOOL;
            case GgufValue.Text _ -> STRING;
            case GgufValue.Items _ -> ARRAY;
        };
    }

    /** How the elements of a list are written; whole numbers fit into 32 bits with their sign. */
    static ValueKind ofElements(GgufValue.Items items) {
        if (items.values().isEmpty() || items.values().getFirst() instanceof GgufValue.Whole) {
            return INT32;
        }
        return of(items.values().getFirst());
    }

    private static ValueKind unsigned(long value) {
        return value < 1L << 32 ? UINT32 : UINT64;
    }
}
