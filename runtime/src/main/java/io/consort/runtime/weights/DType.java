package io.consort.runtime.weights;

import io.consort.runtime.weights.block.Codec;
import io.consort.runtime.weights.block.Plain;
import io.consort.runtime.weights.block.Q40;
import io.consort.runtime.weights.block.Q4K;
import io.consort.runtime.weights.block.Q6K;
import io.consort.runtime.weights.block.Q80;
import java.util.Arrays;
import java.util.Optional;

/**
 * Element types of safetensors and GGUF files, under the names that the formats give them. Elements
 * are stored in blocks, which are single elements for all but the quantised types.
 */
public enum DType {
    F64(8),
    F32(4),
    F16(2),
    BF16(2),
    I64(8),
    I32(4),
    I16(2),
    I8(1),
    U64(8),
    U32(4),
    U16(2),
    U8(1),
    BOOL(1),
    F8_E4M3(1),
    F8_E5M2(1),
    Q8_0(32, 34),
    Q4_0(32, 18),
    Q4_K(256, 144),
    Q6_K(256, 210);

    private final int blockSize;
    private final int blockBytes;

    DType(int bytes) {
        this(1, bytes);
    }

    DType(int blockSize, int blockBytes) {
        this.blockSize = blockSize;
        this.blockBytes = blockBytes;
    }

    /** Elements of one block. */
    public int blockSize() {
        return blockSize;
    }

    /** Bytes of one block. */
    public int blockBytes() {
        return blockBytes;
    }

    /** Bytes of so many elements, which are a multiple of {@link #blockSize}. */
    public long bytes(long count) {
        return Math.multiplyExact(count / blockSize, blockBytes);
    }

    /** Whether several elements share a block. */
    public boolean isQuantised() {
        return blockSize > 1;
    }

    /** Whether models can be run with weights of this type. */
    public boolean isWeight() {
        return codec().isPresent();
    }

    /** How weights of this type are stored; absent for types that are no weights. */
    public Optional<Codec> codec() {
        return switch (this) {
            case F32 -> Optional.of(Plain.F32);
            case F16 -> Optional.of(Plain.F16);
            case BF16 -> Optional.of(Plain.BF16);
            case Q8_0 -> Optional.of(new Q80());
            case Q4_0 -> Optional.of(new Q40());
            case Q4_K -> Optional.of(new Q4K());
            case Q6_K -> Optional.of(new Q6K());
            case F64, I64, I32, I16, I8, U64, U32, U16, U8, BOOL, F8_E4M3, F8_E5M2 ->
                    Optional.empty();
        };
    }

    /** The type that a safetensors file means by a name; quantised types have none there. */
    static Optional<DType> of(String name) {
        return Arrays.stream(values())
                .filter(type -> !type.isQuantised() && type.name().equals(name))
                .findFirst();
    }
}
